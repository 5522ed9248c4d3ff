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

# What `input` is or makes a pod from: the object with the pod's metadata and spec, and the JSON Pointer that leads there.
template := {"object": input, "place": ""} if input.kind == "Pod"

template := {"object": input.spec.template, "place": "/spec/template"} if input.kind in templated

template := {"object": input.template, "place": "/template"} if input.kind == "PodTemplate"

template := {
	"object": input.spec.jobTemplate.spec.template,
	"place": "/spec/jobTemplate/spec/template",
} if {
	input.kind == "CronJob"
}

# The spec of that pod, and the JSON Pointer that leads there.
pod := {"spec": template.object.spec, "place": sprintf("%s/spec", [template.place])}

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

# Where that setting is written, else the container, which should have it.
security_place(found, setting) := place if {
	place := security_setting(found, setting).place
} else := found.place

# Every security context that is written: the pod's own, and each container's. Pod Security asks of each for itself.
security_contexts contains {
	"context": pod.spec.securityContext,
	"name": "the pod",
	"place": sprintf("%s/securityContext", [pod.place]),
	"key": "securityContext",
}

security_contexts contains {
	"context": found.container.securityContext,
	"name": found.name,
	"place": sprintf("%s/securityContext", [found.place]),
	"key": sprintf("%s/securityContext", [found.key]),
} if {
	some found in containers
}

# The types of a profile, of seccomp or AppArmor, that confine what they are given to.
profiles := {"Localhost", "RuntimeDefault"}

# Holds for the id of a user that is not root.
other_user(id) if {
	is_number(id) # a string is greater than any number
	id > 0
}

# Every volume of the pod, carried by value as containers are.
volumes contains {
	"volume": volume,
	"name": sprintf("volume `%v`", [field(volume, "name")]),
	"place": sprintf("%s/volumes/%v", [pod.place, index]),
	"key": sprintf("volumes[name=%v]", [field(volume, "name")]),
} if {
	some index, volume in pod.spec.volumes
}

# The containers that can have resources: the API gives ephemeral ones none.
sized_containers contains found if {
	some found in containers
	found.list != "ephemeralContainers"
}

# Holds where a container, or its pod for all of them together, is held to an amount of a resource.
limited(found, resource) if above_zero(found.container.resources.limits[resource])

limited(found, resource) if above_zero(pod.spec.resources.limits[resource])

# Holds where an amount is kept free for a container, or for its pod.
reserved(found, resource) if reserves(found.container, resource)

reserved(found, resource) if reserves(pod.spec, resource)

# A limit without a request is the request too.
# Source: "Resource Management for Pods and Containers" in the Kubernetes documentation.
reserves(holder, resource) if above_zero(holder.resources.requests[resource])

reserves(holder, resource) if {
	not requests(holder, resource)
	above_zero(holder.resources.limits[resource])
}

# Holds where a request is written, be it of nothing.
requests(holder, resource) if holder.resources.requests[resource] != null

# Holds for a quantity above 0: the number before the unit has a digit other than 0.
# Source: resource.Quantity in the API reference.
above_zero(quantity) if {
	text := sprintf("%v", [quantity]) # a number reads like its text
	regex.match(`^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$`, text)
	regex.match(`^[+0.]*[1-9]`, text)
}

# Where an amount is written, else the container, which should have it.
amount_place(found, list, resource) := sprintf("%s/resources/%s/%s", [found.place, list, resource]) if {
	_ := found.container.resources[list][resource]
} else := found.place

# Holds where the pod has containers that run until they are stopped; those that end have nobody to probe them for.
serves if {
	some _ in pod.spec.containers
	not pod.spec.restartPolicy in {"Never", "OnFailure"}
}

# Holds for a probe that has a way to ask. Source: Probe in the API reference.
asks(probe) if {
	some way in ["exec", "grpc", "httpGet", "tcpSocket"]
	probe[way] != null
}

# Holds for a role or binding that Kubernetes itself makes and restores when its API server starts.
# Source: "Using RBAC Authorization" in the Kubernetes documentation, "Default roles and role bindings".
built_in if {
	input.metadata.labels["kubernetes.io/bootstrapping"] == "rbac-defaults"
	regex.match(`^(system:|cluster-admin$)`, input.metadata.name)
}

# A name as a segment of a JSON Pointer. The names of labels and annotations hold no `~`.
segment(name) := replace(name, "/", "~1")
