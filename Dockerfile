# n8n with the JOFI Trigger. Written for n8n's official image; see docs/setup.md.
FROM docker.n8n.io/n8nio/n8n:2.41.1

USER root
RUN mkdir -p /opt/jofi \
	&& cd /opt/jofi \
	&& npm install --omit=peer --ignore-scripts n8n-nodes-jofi

# /home/node/.n8n is usually a volume, which hides what the image has there: so the package is put into
# it at each start, where n8n looks for community nodes.
RUN printf '%s\n' \
	'#!/bin/sh' \
	'mkdir -p /home/node/.n8n/nodes/node_modules' \
	'rm -rf /home/node/.n8n/nodes/node_modules/n8n-nodes-jofi' \
	'cp -R /opt/jofi/node_modules/n8n-nodes-jofi /home/node/.n8n/nodes/node_modules/' \
	'exec /docker-entrypoint.sh "$@"' \
	> /opt/jofi/start.sh \
	&& chmod +x /opt/jofi/start.sh
USER node
ENTRYPOINT ["tini", "--", "/opt/jofi/start.sh"]
