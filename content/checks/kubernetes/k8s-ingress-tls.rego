# METADATA
# title: Ingresses use TLS
# description: |
#   Asks every rule of an Ingress whether an entry of `tls` covers its host: one that names it, one with a wildcard in place of
#   its first label, or one without hosts, which holds for all. A rule without a host, and an Ingress with a default backend
#   alone, want any entry. Where the load balancer has the certificate, its annotation counts:
#   `alb.ingress.kubernetes.io/certificate-arn`, `ingress.gcp.kubernetes.io/pre-shared-cert`,
#   `networking.gke.io/managed-certificates`. An Ingress that sends nothing anywhere is not asked.
#   Kubernetes documentation: "Ingress".
# custom:
#   resources: [k8s/extensions/Ingress, k8s/networking.k8s.io/Ingress]
#   impact: 0.7
#   family: encryption
#   rationale: >-
#     Without TLS everyone on the way reads passwords and sessions, and may change the answers.
#   fix:
#     text: >-
#       Add the host to an entry of spec.tls with the Secret that holds its certificate; cert-manager makes and renews it.
#   revision: 1
#   aliases: [gatekeeper:k8shttpsonly, kubescape:C-0263, kyverno:require-ingress-https]
package checks.kubernetes.k8s_ingress_tls

import data.lib.kubernetes

applies if count(input.spec.rules) > 0

applies if some part in backend

deny contains {"msg": msg, "place": place, "key": key} if {
	some index, rule in input.spec.rules
	host := kubernetes.field(rule, "host")
	not covered(host)
	not offloaded
	msg := sprintf("the host `%v` is served without TLS", [host])
	place := sprintf("/spec/rules/%v", [index])
	key := sprintf("rules[host=%v]", [host])
}

deny contains {"msg": msg, "place": "/spec", "key": "defaultBackend"} if {
	some part in backend
	not covered("")
	not offloaded
	msg := "the default backend is served without TLS"
}

# Where requests go that no rule is for. Source: IngressSpec in the API reference; `backend` in `extensions/v1beta1`.
backend := input.spec.defaultBackend

backend := input.spec.backend

# Holds where an entry of `tls` is for a host; every entry is for the host that is not named.
# Source: IngressTLS and IngressRule in the API reference, wildcards under "host".
covered(host) if {
	some entry in input.spec.tls
	entry != null
	host in {"", null}
}

covered(host) if host in input.spec.tls[_].hosts

covered(host) if regex.replace(host, `^[^.]+`, "*") in input.spec.tls[_].hosts

covered(_) if {
	some entry in input.spec.tls
	entry != null
	not names_hosts(entry)
}

names_hosts(entry) if count(entry.hosts) > 0

# Holds where the load balancer in front brings the certificate.
offloaded if {
	some name in [
		"alb.ingress.kubernetes.io/certificate-arn",
		"ingress.gcp.kubernetes.io/pre-shared-cert",
		"networking.gke.io/managed-certificates",
	]
	regex.match(`.`, input.metadata.annotations[name])
}
