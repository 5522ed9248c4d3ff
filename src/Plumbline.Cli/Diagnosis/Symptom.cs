namespace Plumbline.Cli.Diagnosis;

internal enum Health
{
    Fine,

    /// <summary>A scan works, and gives less than it could.</summary>
    Warning,

    /// <summary>A scan does not work, or what it seals cannot be relied on.</summary>
    Problem,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">One word: what was looked at.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">What to do about it, as a sentence; empty where all is well, or the text says it.</param>
internal sealed record Symptom(Health Health, string Subject, string Text, string Remedy = "")
{
    /// <summary>Lines that are shown as they are: diagnostics with their carets.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public static Symptom Fine(string subject, string text) => new(Health.Fine, subject, text);

    public static Symptom Warning(string subject, string text, string remedy = "") =>
        new(Health.Warning, subject, text, remedy);

    public static Symptom Problem(string subject, string text, string remedy = "") =>
        new(Health.Problem, subject, text, remedy);
}
