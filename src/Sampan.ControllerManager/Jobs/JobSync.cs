using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>One reconcile's view of a Job: a private copy, and its pods by what became of them.</summary>
internal sealed class JobSync
{
    public JobSync(Job job, List<Pod> pods, DateTimeOffset now)
    {
        Job = job;
        Pods = pods;
        Now = now;
        Active = pods.Where(p => p.IsActive()).ToList();
        Terminating = pods.Count(p => p.IsTerminating());
    }

    public Job Job { get; }

    public List<Pod> Pods { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Pods that run or will; shrinks and grows as pods are deleted and created.</summary>
    public List<Pod> Active { get; }

    /// <summary>Pods on their way out.</summary>
    public int Terminating { get; set; }

    /// <summary>Pods whose end is (about to be) in the status: their finalizer may go.</summary>
    public List<Pod> Counted { get; } = [];

    /// <summary>Pods whose end is seen for the first time.</summary>
    public List<Pod> NewlyFailed { get; } = [];

    public List<Pod> NewlySucceeded { get; } = [];

    public int Succeeded { get; set; }

    public int Failed { get; set; }

    /// <summary>The indexes that succeeded, for Indexed Jobs.</summary>
    public SortedSet<int> CompletedIndexes { get; } = [];

    /// <summary>The indexes that failed for good, for Jobs with a back-off limit per index.</summary>
    public SortedSet<int> FailedIndexes { get; } = [];

    /// <summary>The last failed pod of each index.</summary>
    public Dictionary<int, Pod> LastFailed { get; } = [];

    /// <summary>What the failure policy says about a pod that failed, if it ends the Job.</summary>
    public string? PolicyFailure { get; set; }

    /// <summary>The actions of the failure policy's rules that failed pods matched.</summary>
    public List<string> Handled { get; } = [];

    /// <summary>What was mainly done, by upstream's names: reconciling, tracking, pods_created, pods_deleted.</summary>
    public string Action { get; set; } = "reconciling";

    public List<(string Type, string Reason, string Message)> Events { get; } = [];

    public bool IsIndexed => Job.Spec.CompletionMode == "Indexed";

    public int Completions => Job.Spec.Completions ?? 0;

    public bool IsSuspended => Job.Spec.Suspend == true;

    /// <summary>True when only pods that really ended are replaced, not those being deleted.</summary>
    public bool ReplacesOnlyFailed => Job.Spec.PodReplacementPolicy == "Failed" || Job.Spec.PodFailurePolicy is not null;
}
