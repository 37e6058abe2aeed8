from django.db import migrations, models

import search.models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexRecord',
            fields=[
                ('kind', models.CharField(max_length=32, primary_key=True, serialize=False, verbose_name='kind')),
                ('index', models.CharField(blank=True, max_length=255, verbose_name='index')),
                ('definition', models.CharField(blank=True, max_length=32, verbose_name='digest of its definition')),
                ('documents', models.PositiveIntegerField(default=0, verbose_name='documents')),
                ('built_at', models.DateTimeField(null=True, verbose_name='built at')),
                ('rolled_back_at', models.DateTimeField(null=True, verbose_name='rolled back at')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='checked at')),
                ('differing', models.PositiveIntegerField(default=0, verbose_name='differing documents')),
                ('repaired', models.PositiveIntegerField(default=0, verbose_name='repaired documents')),
            ],
            options={
                'verbose_name': 'index record',
                'verbose_name_plural': 'index records',
            },
        ),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(help_text='Words or phrases that mean the same, a line each. Case does not matter.', max_length=1000, validators=[search.models.check_words], verbose_name='words')),
                ('enabled', models.BooleanField(default=True, verbose_name='enabled')),
            ],
            options={
                'verbose_name': 'group of synonyms',
                'verbose_name_plural': 'groups of synonyms',
                'ordering': ('pk',),
            },
        ),
    ]
