using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>Whether <c>exception</c> names a rule: surely, perhaps or not (rule 13 of unknown values).</summary>
/// <remarks>Its members are lists of names, <c>exception contains ["run_as_root"] if …</c>.</remarks>
internal readonly record struct Excepted(bool IsSure, Causes? Perhaps)
{
    public static Excepted No => default;

    public static Excepted Of(DocumentAnswer exception, string suffix)
    {
        var causes = Causes.None;
        var perhaps = false;
        foreach (var list in Members(exception.Value))
        {
            var (names, unknown) = Names(list, suffix);
            if (names && exception.Doubt is null)
            {
                return new Excepted(true, null);
            }

            Doubt(names || unknown is not null, unknown ?? "");
        }

        foreach (var (list, why) in exception.Possible)
        {
            var (names, unknown) = Names(list, suffix);
            if (names || unknown is not null)
            {
                perhaps = true;
                causes = causes.With(why);
            }
        }

        var open =
            exception.Value.AsUnknown?.Cause ?? (exception.Possible.Length == 0 ? exception.Value.Open?.Cause : null);
        Doubt(open is not null, open ?? "");
        return new Excepted(
            false,
            perhaps
                ? exception.Doubt is { } doubt
                    ? causes.With(doubt)
                    : causes
                : null
        );

        void Doubt(bool isDoubtful, string cause)
        {
            perhaps |= isDoubtful;
            causes = cause.Length > 0 ? causes.With(cause) : causes;
        }
    }

    /// <summary>What a rule says, when an exception may take it back: every message is then only possible.</summary>
    public DocumentAnswer Doubt(DocumentAnswer answer)
    {
        if (Perhaps is not { } causes || answer.Doubt is not null || answer.Value.IsUnknown)
        {
            return answer;
        }

        var doubted = Members(answer.Value).Select(m => new PossibleMember(m, causes));
        return answer with
        {
            Value = answer.Value.Open is { } open ? new ArrayBuilder { Open = open }.Build() : Value.EmptyArray,
            Possible = [.. answer.Possible, .. doubted],
        };
    }

    private static IEnumerable<Value> Members(Value collection)
    {
        for (var i = 0; i < collection.Count && collection.IsCollection; i++)
        {
            yield return collection[i];
        }
    }

    /// <summary>Whether a list holds the name; and if not, the cause for which it may.</summary>
    private static (bool Names, string? Unknown) Names(Value list, string suffix)
    {
        var unknown = list.AsUnknown?.Cause ?? list.Open?.Cause;
        foreach (var name in Members(list))
        {
            if (name == suffix)
            {
                return (true, null);
            }

            unknown ??= name.AsUnknown?.Cause;
        }

        return (false, unknown);
    }
}
