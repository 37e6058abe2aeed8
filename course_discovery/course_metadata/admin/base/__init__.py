"""What the pages of all models share.

label       what rows are called where somebody chooses among them
choice      choosing rows of large tables
form        forms that know every rule of the database
values      form fields for lists that are stored as JSON
page        pages of models, and what they do when the catalog refuses
history     pages that tell what was before
inline      parts and ordered links on the page of what they belong to
autocomplete    the answers to somebody who types into a choice
"""
