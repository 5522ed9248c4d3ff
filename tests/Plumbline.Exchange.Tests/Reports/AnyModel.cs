using System.Collections.Immutable;
using CsCheck;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Exchange.Reports;
using Plumbline.Values;

namespace Plumbline.Exchange.Tests.Reports;

using Json = Plumbline.Values.Json; // the schema package has a namespace of that name

/// <summary>Reports by chance: any number of checks, resources, gaps and frameworks, every verdict, and texts that strangers write.</summary>
internal static class AnyModel
{
    private static readonly DateTimeOffset Clock = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    /// <summary>May be empty; control characters, direction marks, markup, links, placeholders, paths.</summary>
    public static Gen<string> Text { get; } =
        Gen.OneOf([
                "a",
                "`code`",
                "[link](https://evil.example)",
                "<b onload=x>",
                "\e[2J",
                "\u202E",
                "\r\n",
                "\0",
                "{0}",
                "{{",
                "é",
                "😀",
                "\\",
                "\"",
                "|",
                "%2F",
                " ",
                "../",
                "/",
                ":",
            ])
            .Array[0, 4]
            .Select(string.Concat);

    private static readonly Gen<Resource> Resource = Gen.Select(
        Gen.Int[0, 9],
        Text,
        Gen.OneOf(Text, Gen.Const(""), Gen.Const("/etc/pod.yaml"), Gen.Const("deploy/web.yaml")),
        Gen.Int[0, 3],
        (n, name, file, line) =>
            Core.Resources.Resource.Of(
                ResourceKey.Of("repo:shop//;k8s/shop", n % 3 == 0 ? "linux/host" : "k8s//Pod", $"{n}{name}"),
                Basis.Declared,
                Json.Parse("""{"a": 1}"""),
                new Observation(file, null)
                {
                    Kept = line == 0 ? ImmutableSortedDictionary<JsonPointer, Position>.Empty : Kept(line),
                }
            )
    );

    private static readonly Gen<Gap> Gap = Gen.Select(
        Text,
        Text,
        Gen.Bool,
        (operation, reason, affects) =>
            new Gap(operation, "", reason)
            {
                Code = "PLB-2001",
                Affects = affects ? [new GapScope("k8s/*", "repo:shop//", JsonPointer.Parse("/a"))] : [],
            }
    );

    private static readonly Gen<CheckInstance> Instance = Gen.Select(
        Gen.Int[0, 4],
        Gen.Double[0, 1],
        Text,
        Text,
        Gen.Bool,
        (n, impact, text, other, named) =>
            new CheckInstance(
                new Core.Checks.Check
                {
                    Id = $"check-{n}",
                    Uid = $"check-{n}",
                    Title = $"Title {text}",
                    Description = other,
                    Resources = ["*"],
                    Impact = new Impact(impact),
                    Family = "access",
                    Rationale = other,
                    Fix = text,
                    Revision = 1,
                    Formerly = named ? ["old"] : [],
                    File = "",
                },
                named ? "strict" : CheckInstance.DefaultName,
                Value.EmptyObject
            )
    );

    public static Gen<ReportModel> Model { get; } =
        Gen.Select(
            Instance.Array[0, 4],
            Resource.Array[0, 5],
            Gap.Array[0, 2],
            Gen.Int[0, 1 << 20],
            Text,
            Gen.Int[0, 2],
            (instances, resources, gaps, seed, text, evidence) =>
                new ReportModel(
                    Assess([.. instances.DistinctBy(i => i.Check.Id)], resources, gaps, seed, text),
                    evidence switch
                    {
                        0 => new ReportEvidence.None(),
                        1 => new ReportEvidence.Pending(),
                        _ => new ReportEvidence.Sealed(seed + 1, seed, "plumbline.local/test", new byte[32]),
                    }
                )
        );

    private static Assessment Assess(
        ImmutableArray<CheckInstance> instances,
        Resource[] resources,
        Gap[] gaps,
        int seed,
        string text
    )
    {
        var answers = new Answers(instances, seed, text);
        ImmutableArray<Resource> distinct = [.. resources.DistinctBy(r => r.Key).OrderBy(r => r.Key)];
        return Assessor.Assess(
            new AssessmentInput
            {
                Snapshot = new Snapshot
                {
                    Target = text,
                    From = Clock,
                    To = Clock.AddSeconds(seed),
                    Identity = "uid 1000",
                    Resources = distinct,
                    Gaps = [.. gaps],
                },
                Policies = answers,
                Frameworks = [Framework(instances, text)],
                Clock = Clock,
                Waivers =
                [
                    .. from i in instances
                    from r in distinct
                    where answers.Dice(i, r) % 7 == 0
                    select new Waiver($"E-{text}", answers.Part(i, r, 0, true).Fingerprint, Clock.AddDays(1))
                    {
                        Reason = text,
                        ApprovedBy = "ada",
                    },
                ],
                Claims =
                [
                    .. from i in instances
                    from r in distinct
                    where answers.Dice(i, r) % 5 == 0
                    select new Claim($"C-{text}", answers.Part(i, r, 0, true).Fingerprint, Clock.AddDays(1))
                    {
                        Reason = text,
                        Why = "nobody has signed it",
                    },
                ],
            },
            progress: null,
            CancellationToken.None
        );
    }

    private static Framework Framework(ImmutableArray<CheckInstance> instances, string text) =>
        new()
        {
            Id = "demo",
            Title = $"Demo {text}",
            Publisher = text,
            Requirements = [new Requirement("D1", text), new Requirement("D2", "Nobody asks")],
            Mappings =
            [
                .. instances.Skip(1).Select(i => new MappingRow("D1", i.Check.Id, Primary: true, IsReviewed: true)),
            ],
            Digest = $"sha256:{new string('0', 64)}",
        };

    private static ImmutableSortedDictionary<JsonPointer, Position> Kept(int line) =>
        ImmutableSortedDictionary<JsonPointer, Position>.Empty.Add(JsonPointer.Root, new Position(line, line - 1));

    /// <summary>Says of each pair what a throw of the dice says, the same each time.</summary>
    private sealed class Answers(ImmutableArray<CheckInstance> instances, int seed, string text) : IPolicySource
    {
        public ImmutableArray<CheckInstance> Instances => instances;

        public ImmutableSortedDictionary<string, string> Digests => ImmutableSortedDictionary<string, string>.Empty;

        public int Dice(CheckInstance instance, Resource resource) =>
            (seed ^ Fingerprint.Of(instance, resource.Key, "").Sum(c => c * 31)) & 0xFFFF;

        public FindingPart Part(CheckInstance instance, Resource resource, int n, bool isCertain) =>
            new(
                $"{text}{n}",
                JsonPointer.Root.Append(text),
                $"{text} is wrong",
                (Enforcement)(Dice(instance, resource) % 3),
                isCertain
            )
            {
                Fingerprint = Fingerprint.Of(instance, resource.Key, $"{text}{n}"),
                Causes = isCertain ? [] : [text],
            };

        public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel)
        {
            var unknown = new Finding
            {
                Instance = instance,
                Resource = resource,
                Verdict = Verdict.Unknown,
                Cause = UnknownCause.UnknownValue,
                Causes = [text],
            };
            return (Dice(instance, resource) / 3 % 6) switch
            {
                0 => Finding.Pass(instance, resource),
                1 => Finding.NotApplicable(instance, resource),
                2 => unknown,
                3 => unknown with { Parts = [Part(instance, resource, 1, false)] },
                var n => new Finding
                {
                    Instance = instance,
                    Resource = resource,
                    Verdict = Verdict.Fail,
                    Parts = [Part(instance, resource, 0, true), Part(instance, resource, 1, n == 4)],
                },
            };
        }
    }
}
