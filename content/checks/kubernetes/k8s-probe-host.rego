# METADATA
# title: Probes and hooks ask no other host
# description: |
#   Asks the liveness, readiness and startup probes and the `postStart` and `preStop` hooks of every container for the `host` of
#   their `httpGet` or `tcpSocket`. Empty, null and nothing pass: the kubelet then asks the pod itself.
#   Pod Security Standards, baseline, since 1.34: "Host Probes / Lifecycle Hooks".
# custom:
#   resources: [k8s//Pod, k8s//PodTemplate, k8s//ReplicationController, k8s/apps/DaemonSet, k8s/apps/Deployment,
#     k8s/apps/ReplicaSet, k8s/apps/StatefulSet, k8s/batch/CronJob, k8s/batch/Job]
#   impact: 0.5
#   family: access
#   rationale: >-
#     Probes are sent by the kubelet, from the node. With a host of its own a probe reaches what the node reaches, the node's
#     own services too, and tells the pod whether something answers.
#   fix:
#     text: >-
#       Take the host out of the probe or hook. A name that the server wants to see goes into httpHeaders, as Host.
#     patch: patch
#   revision: 1
#   aliases: [gatekeeper:k8spsphostprobeslifecycle]
package checks.kubernetes.k8s_probe_host

import data.lib.kubernetes

applies if count(kubernetes.containers) > 0

deny contains {"msg": msg, "place": place, "key": key} if {
	some found in calls
	some way in ["httpGet", "tcpSocket"]
	host := found.call[way].host
	not host in {"", null}
	msg := sprintf("%s of %s asks the host `%v`, wanted no `host`", [found.name, found.of, host])
	place := sprintf("%s/%s/host", [found.place, way])
	key := sprintf("%s/%s", [found.key, way])
}

patch := [{"op": "remove", "path": part.place} | some part in deny]

# What the kubelet calls of a container by itself.
calls contains {
	"call": found.container[probe],
	"name": probe,
	"of": found.name,
	"place": sprintf("%s/%s", [found.place, probe]),
	"key": sprintf("%s/%s", [found.key, probe]),
} if {
	some found in kubernetes.containers
	some probe in ["livenessProbe", "readinessProbe", "startupProbe"]
}

calls contains {
	"call": found.container.lifecycle[hook],
	"name": hook,
	"of": found.name,
	"place": sprintf("%s/lifecycle/%s", [found.place, hook]),
	"key": sprintf("%s/lifecycle/%s", [found.key, hook]),
} if {
	some found in kubernetes.containers
	some hook in ["postStart", "preStop"]
}
