# mysqlclient has no wheel for Linux: it is compiled in a stage of its own.
FROM python:3.12-slim AS packages
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential default-libmysqlclient-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
COPY requirements ./requirements
RUN pip install --no-cache-dir -r requirements.txt

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libmariadb3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home discovery
COPY --from=packages /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=course_discovery.settings.production
WORKDIR /app
COPY . .
# The key is for this one command; a volume that is mounted over the folders takes their owner.
RUN SECRET_KEY=collectstatic python manage.py collectstatic -v 0 --noinput \
    && install --directory --owner=discovery course_discovery/media var
USER discovery
EXPOSE 18381
# Long queries are sent in the URL: the line limit is the highest there is.
CMD ["gunicorn", "course_discovery.wsgi", "--bind", "0.0.0.0:18381", "--workers", "2", \
     "--threads", "4", "--limit-request-line", "8190", "--access-logfile", "-"]
