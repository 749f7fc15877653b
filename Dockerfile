# syntax=docker/dockerfile:1

# ---- build ----
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# The dependencies change less often than the sources, so they are a layer of their own.
COPY pom.xml ./
RUN mvn -B -ntp -q dependency:go-offline
COPY src/main src/main
# Tests and checks belong to `./playcall test`; an image is made of what has passed them.
RUN mvn -B -ntp -q package -Dmaven.test.skip=true -Dspotless.check.skip=true -Denforcer.skip=true

# ---- run ----
FROM eclipse-temurin:25-jre-noble
# No version pins: Ubuntu keeps only the newest build of a package, so a pin breaks the image within weeks.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ansible-core git openssh-client python3 sshpass tini \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 playcall \
    && useradd --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin playcall

WORKDIR /opt/playcall
COPY --from=build /build/target/lib target/lib
COPY --from=build /build/target/playcall.jar target/playcall.jar
COPY --chmod=0755 playcall ./
COPY config config
COPY playbooks playbooks
COPY inventory inventory
RUN ["./playcall", "prepare"]
# Code and content belong to root; the gateway may write its state, and status.yml beside each inventory.
RUN mkdir -p data logs && chown -R 10001:10001 data logs inventory

USER 10001:10001
# ssh and Ansible need a UTF-8 locale and a home.
ENV LC_ALL=C.UTF-8 \
    HOME=/home/playcall
VOLUME ["/opt/playcall/config", "/opt/playcall/playbooks", "/opt/playcall/inventory", "/opt/playcall/logs", "/opt/playcall/data"]
# For the page, set PLAYCALL_SERVER_HOST=0.0.0.0 and PLAYCALL_SERVER_PUBLIC_URL; that needs an admin: PLAYCALL_ADMIN_USER and
# PLAYCALL_ADMIN_PASSWORD create the first one (docs/accounts.md).
# Chat needs no open port at all.
EXPOSE 8080
# The page answers on the port of the configuration; bash is there and no further program is needed to ask.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PLAYCALL_SERVER_PORT:-8080} && printf 'GET /healthz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r -t 4 line <&3 && [[ $line == *' 200'* ]]"]
# tini reaps what a stopped run leaves behind; a supervisor whose gateway ended becomes its child.
ENTRYPOINT ["tini", "--", "/opt/playcall/playcall"]
CMD ["serve"]
