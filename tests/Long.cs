using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Plumbline.Tests;

/// <summary>A test that the gate has no time for: skipped unless <c>PLUMB_LONG=1</c>, as <c>.ci/long</c> sets it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute, ITraitAttribute
{
    public LongFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Long.Reason;
        SkipType = typeof(Long);
        SkipUnless = nameof(Long.Wanted);
    }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Long.Trait;
}

/// <summary>The same for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    public LongTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Long.Reason;
        SkipType = typeof(Long);
        SkipUnless = nameof(Long.Wanted);
    }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => Long.Trait;
}

/// <summary>What both attributes share; <c>.ci/long</c> selects the tests by the trait.</summary>
internal static class Long
{
    public const string Reason = "takes long: runs under PLUMB_LONG=1, see .ci/long";

    public static bool Wanted => Environment.GetEnvironmentVariable("PLUMB_LONG") == "1";

    public static IReadOnlyCollection<KeyValuePair<string, string>> Trait { get; } = [new("Length", "Long")];
}
