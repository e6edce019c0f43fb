# Regulars with its own PostgreSQL in one container. Keep /data on a volume.
FROM node:24-bookworm-slim
WORKDIR /app
RUN useradd --system --create-home regulars && mkdir /data && chown regulars /data
COPY package.json package-lock.json .npmrc ./
COPY packages/contract/package.json packages/contract/
COPY packages/locales/package.json packages/locales/
COPY packages/server/package.json packages/server/
COPY packages/web/package.json packages/web/
COPY packages/e2e/package.json packages/e2e/
COPY scripts scripts
RUN npm ci --no-audit --no-fund
COPY packages packages
RUN cd packages/web && node ../../node_modules/vite/bin/vite.js build
USER regulars
ENV HOST=0.0.0.0 PORT=3000 REGULARS_DATA=/data
EXPOSE 3000
VOLUME /data
HEALTHCHECK CMD node -e "fetch('http://127.0.0.1:3000/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "packages/server/src/main.ts"]
