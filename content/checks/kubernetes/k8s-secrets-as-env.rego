# METADATA
# title: Secrets come as files
# description: |
#   Asks every container, init container and ephemeral container for `env` with a secretKeyRef and `envFrom` with a secretRef.
#   Null is unset. Values that are written out are not this check's question.
#   Kubernetes documentation: "Good practices for Kubernetes Secrets".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: encryption
#   rationale: >-
#     Environment variables end up in crash dumps, in logs, in every child process and in the output of debugging tools. They
#     stay as they were when the Secret is renewed.
#   fix:
#     text: >-
#       Mount the Secret as a volume with a tight mode and let the program read the file.
#   revision: 1
#   aliases: [checkov:CKV_K8S_35, kubescape:C-0207, kyverno:disallow-secrets-from-env-vars]
package checks.kubernetes.k8s_secrets_as_env

import data.lib.kubernetes

applies if count(kubernetes.containers) > 0

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.containers
	some index, variable in found.container.env
	variable.valueFrom.secretKeyRef != null
	name := kubernetes.field(variable, "name")
	msg := sprintf("%s has the variable `%v` from a Secret, wanted a file", [found.name, name])
	place := sprintf("%s/env/%v/valueFrom/secretKeyRef", [found.place, index])
	key := sprintf("%s/env[name=%v]", [found.key, name])
}

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in kubernetes.containers
	some index, source in found.container.envFrom
	source.secretRef != null
	name := kubernetes.field(source.secretRef, "name")
	msg := sprintf("%s has every key of the Secret `%v` as a variable, wanted files", [found.name, name])
	place := sprintf("%s/envFrom/%v/secretRef", [found.place, index])
	key := sprintf("%s/envFrom[secretRef=%v]", [found.key, name])
}
