#!/usr/bin/env bash
# Prints the objects of reference model R1: a namespace and, by default, 1,000 Deployments of 10 pods with a Service each.
# Usage: r1-services.sh [SERVICES] [PODS_PER_SERVICE]
set -euo pipefail

services=${1:-1000}
pods=${2:-10}

printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: r1}\n'
for ((i = 0; i < services; i++)); do
  printf -v name 'service-%05d' "$i"
  cat <<YAML
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: $name, namespace: r1}
spec:
  replicas: $pods
  selector: {matchLabels: {app: $name}}
  template:
    metadata: {labels: {app: $name, model: r1}}
    spec: {containers: [{name: server, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: $name, namespace: r1, labels: {model: r1}}
spec:
  selector: {app: $name}
  ports: [{port: 80, targetPort: 8080}]
YAML
done
