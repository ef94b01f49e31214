# One image for every role; docker-compose.yml shows how they stand together.
FROM node:26.10-bookworm-slim

WORKDIR /app
ENV NODE_ENV=production

# Apertium, the translation engine in the box. Its packages are named once, in that file.
COPY translation/engines/apertium/packages.ts translation/engines/apertium/
RUN apt-get update \
  && apt-get install -y --no-install-recommends $(node --input-type=module --eval \
    "import { PACKAGES } from './translation/engines/apertium/packages.ts'; console.log(PACKAGES.join(' '))") \
  && rm -rf /var/lib/apt/lists/*

# The optional packages are Node itself, which is here already.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

COPY LICENSE NOTICE ./
COPY locales locales
COPY migrations migrations
COPY public public
COPY translation translation
COPY src src

# The embedded database, `engine install` and Node, which keeps what it compiled, write, and only here.
RUN mkdir -p /data/models && chown -R node:node /data
VOLUME /data
USER node

# A container is reached from outside of it; what is published is decided by whoever starts it.
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Node itself, so that it hears SIGTERM and ends what it is doing.
CMD ["node", "src/server.ts"]
