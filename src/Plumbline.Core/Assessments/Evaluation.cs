using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Assessments;

/// <summary>Puts every pair of a draft to its policies, on threads of its own.</summary>
/// <remarks>
/// Not on the thread pool: policies nest as deep as their authors like, and the pool's stacks (1.5 MB, or whatever the
/// platform gives) would decide how deep. These have <see cref="StackBytes"/>, so that a budget ends a policy and never the
/// process; and judging, which keeps every core busy, starves nobody's continuations.
/// Work is handed out in stretches of one vector, which no two threads share, so nothing is locked but the progress.
/// </remarks>
internal sealed class Evaluation(
    FindingDraft draft,
    IPolicySource policies,
    Scope scope,
    IProgress<AssessmentProgress>? progress
)
{
    /// <summary>Sixteen times what a thread of the platform usually has: memory is only taken as it is used.</summary>
    private const int StackBytes = 16 << 20;

    private readonly ImmutableArray<(VectorDraft Vector, int Start)> _work =
    [
        .. draft.Vectors.SelectMany(v =>
            Enumerable
                .Range(0, (v.Resources.Length + VectorDraft.Stretch - 1) / VectorDraft.Stretch)
                .Select(i => (v, i * VectorDraft.Stretch))
        ),
    ];
    private readonly int _expected = draft.Vectors.Sum(v => v.Resources.Length);
    private readonly Lock _reporting = new();

    private int _taken;
    private int _evaluated;
    private ExceptionDispatchInfo? _fault;

    /// <summary>Ends when every pair is judged, a front-end has thrown, or the token fires.</summary>
    public void Run(int workers, CancellationToken cancel)
    {
        var threads = Enumerable
            .Range(0, Math.Min(workers, _work.Length))
            .Select(i => new Thread(() => Work(cancel), StackBytes) { Name = $"judging {i + 1}", IsBackground = true })
            .ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        _fault?.Throw();
    }

    private void Work(CancellationToken cancel)
    {
        try
        {
            for (var i = Take(); i < _work.Length && _fault is null; i = Take())
            {
                var (vector, start) = _work[i];
                var end = Math.Min(start + VectorDraft.Stretch, vector.Resources.Length);
                JudgeStretch(vector, start, end, cancel);
                Report(end - start);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What was not judged is unknown in the draft already.
        }
        catch (Exception fault)
        {
            // Thrown on by Run, once all threads have ended; the first of several.
            Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(fault), null);
        }
    }

    private int Take() => Interlocked.Increment(ref _taken) - 1;

    private void JudgeStretch(VectorDraft vector, int start, int end, CancellationToken cancel)
    {
        for (var i = start; i < end; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var resource = vector.Resources[i];
            try
            {
                vector.Record(i, policies.Evaluate(vector.Instance, resource, scope, cancel));
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                throw new InvalidOperationException($"judging `{vector.Instance}` on `{resource.Key}` threw", fault);
            }
        }
    }

    private void Report(int evaluated)
    {
        if (progress is null)
        {
            return;
        }

        lock (_reporting)
        {
            progress.Report(new(_evaluated += evaluated, _expected));
        }
    }
}
