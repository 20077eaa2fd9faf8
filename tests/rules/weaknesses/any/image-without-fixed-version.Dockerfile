# ruleid: image-without-fixed-version
FROM python
# ruleid: image-without-fixed-version
FROM node:latest
# ok: image-without-fixed-version
FROM node:22.1.0
