using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Compiling;

/// <summary>What compiles and is probably a mistake: variables, arguments and imports that nothing uses (OPA's "Strict Mode").</summary>
/// <remarks>The rest of OPA's strict mode (duplicate imports, deprecated builtins, shadowed <c>input</c>) holds of every Rego v1 file.</remarks>
internal static class StrictMode
{
    private const string Assign = "assign";

    public static void Check(IEnumerable<Module> modules, Faults faults)
    {
        foreach (var module in modules)
        {
            new ModuleCheck(module, faults).Run();
        }
    }

    private sealed class ModuleCheck(Module module, Faults faults)
    {
        public void Run()
        {
            var used = new HashSet<string>(StringComparer.Ordinal);
            foreach (var rule in module.Rules)
            {
                Check(rule);
                Names(rule, used);
            }

            foreach (var import in module.Imports.Where(i => i.Path[0] is not ("rego" or "future")))
            {
                if (!used.Contains(import.Alias))
                {
                    var path = SyntaxWriter.Write(import.Path);
                    faults.Compile(module.Source, import.Span, $"import {path} unused");
                }
            }
        }

        private void Check(Rule rule)
        {
            var head = rule.Head.Value is { } value ? rule.Head.Keys.Add(value) : rule.Head.Keys;
            Check(rule.Body, head);
            foreach (var branch in rule.Else)
            {
                Check(branch.Body, branch.Value is { } other ? [other] : []);
            }

            CheckParameters(rule, head);
        }

        private void CheckParameters(Rule rule, IReadOnlyCollection<Term> head)
        {
            var used = new HashSet<string>(StringComparer.Ordinal);
            foreach (var term in head.Concat(rule.Else.Select(b => b.Value).OfType<Term>()))
            {
                Variables.All(new ExpressionStatement(term.Span, term), v => used.Add(v.Name));
            }

            foreach (var body in rule.Else.Select(b => b.Body).Prepend(rule.Body))
            {
                Variables.All(body, v => used.Add(v.Name));
            }

            var seen = new List<Variable>();
            foreach (var parameter in rule.Head.Parameters)
            {
                Variables.All(new ExpressionStatement(parameter.Span, parameter), seen.Add);
            }

            foreach (var one in seen.GroupBy(v => v.Name, StringComparer.Ordinal).Where(g => g.Count() == 1))
            {
                if (!one.First().IsWildcard && !used.Contains(one.Key))
                {
                    faults.Compile(
                        module.Source,
                        one.First().Span,
                        $"unused argument {one.Key}. (hint: use _ (wildcard variable) instead)"
                    );
                }
            }
        }

        /// <summary>A body is the scope of what it assigns; <paramref name="outside"/> are terms that see it: a head, what a comprehension collects.</summary>
        private void Check(Body body, IReadOnlyCollection<Term> outside)
        {
            var times = new Dictionary<string, int>(StringComparer.Ordinal);
            Variables.All(body, Count);
            foreach (var term in outside)
            {
                Variables.All(new ExpressionStatement(term.Span, term), Count);
            }

            foreach (var assigned in body.Statements.SelectMany(Assigned).DistinctBy(v => v.Name))
            {
                if (!assigned.IsWildcard && times[assigned.Name] == 1)
                {
                    faults.Compile(module.Source, assigned.Span, $"assigned var {assigned.Name} unused");
                }
            }

            foreach (var term in outside)
            {
                CheckInside(term);
            }

            foreach (var statement in body.Statements)
            {
                CheckInside(statement);
            }

            void Count(Variable variable) => times[variable.Name] = times.GetValueOrDefault(variable.Name) + 1;
        }

        private static List<Variable> Assigned(Statement statement)
        {
            var found = new List<Variable>();
            if (
                statement is ExpressionStatement
                {
                    Term: Call { Operator: Assign, IsInfix: true, Arguments: [var left, _] }
                }
            )
            {
                Variables.All(new ExpressionStatement(left.Span, left), found.Add);
            }

            return found;
        }

        private void CheckInside(Statement statement)
        {
            switch (statement)
            {
                case Not not:
                    Check(not.Body, []);
                    break;
                case Every every:
                    Check(every.Body, []);
                    break;
            }

            Terms(statement, CheckInside);
        }

        private void CheckInside(Term term)
        {
            switch (term)
            {
                case ArrayComprehension c:
                    Check(c.Body, [c.Item]);
                    break;
                case SetComprehension c:
                    Check(c.Body, [c.Item]);
                    break;
                case ObjectComprehension c:
                    Check(c.Body, [c.Key, c.Value]);
                    break;
                default:
                    foreach (var part in Parts(term))
                    {
                        CheckInside(part);
                    }

                    break;
            }
        }

        /// <summary>Every name that begins a path or a call of the rule, wherever it stands.</summary>
        private static void Names(Rule rule, HashSet<string> names)
        {
            IEnumerable<Term?> terms =
            [
                .. rule.Head.Keys,
                .. rule.Head.Parameters,
                rule.Head.Value,
                .. rule.Else.Select(b => b.Value),
            ];
            foreach (var term in terms.OfType<Term>())
            {
                Names(term, names);
            }

            foreach (var body in rule.Else.Select(b => b.Body).Prepend(rule.Body))
            {
                Names(body, names);
            }
        }

        private static void Terms(Statement statement, Action<Term> visit)
        {
            foreach (var with in statement.With)
            {
                visit(with.Target);
                visit(with.Value);
            }

            switch (statement)
            {
                case ExpressionStatement expression:
                    visit(expression.Term);
                    break;
                case SomeIn some:
                    visit(some.Value);
                    visit(some.Collection);
                    break;
                case Every every:
                    visit(every.Domain);
                    break;
            }
        }

        private static void Names(Body body, HashSet<string> names)
        {
            foreach (var statement in body.Statements)
            {
                Terms(statement, t => Names(t, names));
                if (((statement as Not)?.Body ?? (statement as Every)?.Body) is { } inner)
                {
                    Names(inner, names);
                }
            }
        }

        private static void Names(Term term, HashSet<string> names)
        {
            switch (term)
            {
                case Variable variable:
                    names.Add(variable.Name);
                    break;
                case Call call:
                    names.Add(call.Name[0]);
                    break;
            }

            foreach (var part in Parts(term))
            {
                Names(part, names);
            }

            if (BodyOf(term) is { } body)
            {
                Names(body, names);
            }
        }

        private static Body? BodyOf(Term term) =>
            term switch
            {
                ArrayComprehension c => c.Body,
                SetComprehension c => c.Body,
                ObjectComprehension c => c.Body,
                _ => null,
            };

        private static IEnumerable<Term> Parts(Term term) =>
            term switch
            {
                Reference reference => reference.Path.Prepend(reference.Head),
                ArrayTerm array => array.Items,
                SetTerm set => set.Items,
                ObjectTerm map => map.Members.SelectMany(m => new[] { m.Key, m.Value }),
                Call call => call.Arguments,
                TemplateString template => template.Parts,
                ArrayComprehension c => [c.Item],
                SetComprehension c => [c.Item],
                ObjectComprehension c => [c.Key, c.Value],
                _ => [],
            };
    }
}
