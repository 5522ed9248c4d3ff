using Plumbline.Core.Assessments;
using Plumbline.Core.Resources;

namespace Plumbline.Cli.Scanning;

/// <summary>An assessment that is looked at and not kept: nothing is sealed, and nothing is proved by it.</summary>
internal static class Dry
{
    public static async Task<Assessment> AssessAsync(ScanRequest request, Session session, CancellationToken cancel)
    {
        var ignored = new Progress<ReadProgress>();
        var snapshot = await Reading.ReadAsync(request, session.Host, ignored, cancel);
        var assessment = Assessor.Assess(Judgement.InputOf(request, snapshot, session.Host), null, cancel);
        cancel.ThrowIfCancellationRequested();
        return assessment;
    }
}
