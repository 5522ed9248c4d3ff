# METADATA
# title: Pods, in whatever object describes them
# description: |
#   A Deployment, a CronJob and a Pod are the same to a check: this package finds the pod spec, walks every container of it
#   and says where each stands. Rules go by `input.kind`, which is always known, and read the rest in the open, so that a
#   value nobody told stays a question and becomes neither a pass nor a fail.
package lib.kubernetes

# The kinds that hold a whole pod under `spec.template`.
# Source: PodTemplateSpec in the Kubernetes API reference, group "Workload Resources".
templated := {"DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"}

# The pod that `input` is or makes: its spec, and the JSON Pointer that leads there.
pod := {"spec": input.spec, "place": "/spec"} if input.kind == "Pod"

pod := {"spec": input.spec.template.spec, "place": "/spec/template/spec"} if input.kind in templated

pod := {"spec": input.template.spec, "place": "/template/spec"} if input.kind == "PodTemplate"

pod := {
	"spec": input.spec.jobTemplate.spec.template.spec,
	"place": "/spec/jobTemplate/spec/template/spec",
} if {
	input.kind == "CronJob"
}

# Holds where the object says anything of a pod. A patch that only sets `replicas` does not.
describes_pod if some member in pod.spec

# Holds for a pod that is bound to Windows nodes. Only `spec.os.name` counts: it is what the API server goes by when it refuses
# the fields that Linux alone knows (PodSpec, field `os`). A node selector merely places the pod.
windows if pod.spec.os.name == "windows"

# The lists of a pod spec that hold containers, and what a person calls their members.
container_lists := {
	"containers": "container",
	"ephemeralContainers": "ephemeral container",
	"initContainers": "init container",
}

# Every container, with its list, its place, its part key, and the words that name it in a message. It is carried by value and
# not by index: in a list that may have more members, the index of a member shown is not known.
containers contains {
	"container": container,
	"list": list,
	"name": sprintf("%s `%v`", [noun, field(container, "name")]),
	"place": sprintf("%s/%s/%v", [pod.place, list, index]),
	"key": sprintf("%s[name=%v]", [list, field(container, "name")]),
} if {
	some list, noun in container_lists
	some index, container in pod.spec[list]
}

# The value of a switch that should be off. Only `false` and nothing (`null` is nothing) are off: a value of the wrong type is
# returned like `true`, because no reason to pass can be had from it.
switched_on(holder, switch) := value if {
	value := holder[switch]
	not value in {false, null}
}

# A setting of the security context that is in force for a container of `containers`: its own, else the pod's; `null` is unset.
# Source: SecurityContext in the API reference, "the value specified in SecurityContext takes precedence".
security_setting(found, setting) := {"value": value, "place": place} if {
	value := found.container.securityContext[setting]
	value != null
	place := sprintf("%s/securityContext/%s", [found.place, setting])
} else := {"value": value, "place": place} if {
	value := pod.spec.securityContext[setting]
	value != null
	place := sprintf("%s/securityContext/%s", [pod.place, setting])
}

# A field for use in messages and keys; empty where the holder lacks it.
field(holder, name) := value if {
	value := holder[name]
} else := ""
