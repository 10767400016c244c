# The shop. The context is OUT/root of `node tools/images/prepare.ts shop ARCHITECTURE OUT`.
FROM scratch
COPY . /
ENV NODE_ENV=production PATH=/usr/local/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
WORKDIR /app/apps/shop
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["node"]
CMD ["start.ts"]
