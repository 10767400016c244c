# The server: web, worker and migrate by the one argument. The context is OUT/root of
# `node tools/images/prepare.ts server ARCHITECTURE OUT`, so nothing of the target is run to build it.
FROM scratch
COPY . /
ENV NODE_ENV=production PATH=/usr/local/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
WORKDIR /app
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/apps/server/src/main.js"]
CMD ["web"]
