"""A sample platform: a small HTTP server on loopback that answers like an Open edX LMS.

It lets a first start load a whole (invented) catalog through the real loaders, over real HTTP,
with nothing else installed. `python -m course_discovery.loaders.sample --port 0 --state DIR`
starts it, `SampleServer` in `server` runs it inside tests.

A person gets a token by naming no client, which no real platform allows: `learner`, or `staff`,
who is an administrator; the password is the username. It opens the catalog as well, once that
knows the key set in `DIR/public_jwk_set.json`:

    curl -d grant_type=password -d username=staff -d password=staff $ADDRESS/oauth2/access_token
    curl -H "Authorization: JWT $TOKEN" $ADDRESS/api/courses/v1/courses/

It knows neither Django nor the rest of the service, as a platform would not. The pieces:
`catalog` (what there is), `reading` (from the data files, dated from day zero), `state` and
`keys` (what is kept between two starts), `oauth`, `courses_api`, `course_modes_api`, `feed`,
`pictures` and `ecommerce_api` (one file per endpoint; a shop only with `--ecommerce`), `paging` and
`staff` (what those share), `site`, `routes`, `handler` and `server` (how HTTP reaches them).
"""
