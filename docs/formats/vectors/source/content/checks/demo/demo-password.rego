# METADATA
# title: No password is one that everybody knows
# description: Asks every value of a Secret.
# custom:
#   resources: [k8s//Secret]
#   impact: 0.7
#   family: access
#   rationale: A known password is none.
#   fix: {text: Choose another one.}
#   revision: 1
package checks.demo.demo_password

deny contains {"msg": msg, "place": place, "key": name} if {
	some name, value in input.stringData
	value == "secret"
	msg := sprintf("`%s` is a password that everybody knows", [name])
	place := sprintf("/stringData/%s", [name])
}
