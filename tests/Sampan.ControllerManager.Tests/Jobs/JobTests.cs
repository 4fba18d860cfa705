using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.Tests.Jobs;

/// <summary>One Job, its controller, and the deeds of users and kubelets.</summary>
public abstract class JobTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private protected Harness Harness => _harness;

    private protected FakeApi Api => _harness.Api;

    private protected Job Job => Api.Find<Job>("default", "job")!;

    private protected List<Pod> Running => Api.List<Pod>().Where(p => p.Status.Phase is null or "Running").ToList();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _harness.DisposeAsync();
    }

    private protected async Task StartAsync(Action<Job> change)
    {
        var template = Workloads.Template("one");
        template.Spec.RestartPolicy = "Never";
        var job = new Job
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "job" },
            Spec = new JobSpec { Parallelism = 1, Completions = 1, BackoffLimit = 6, Selector = new LabelSelector { MatchLabels = Workloads.App() }, Template = template },
        };
        change(job);
        Api.Put(job);
        await _harness.StartAsync(c => new JobController(c), c => new OrphanPodController(c));
    }

    private protected string? Reason(string condition) => Job.Status.Conditions!.Find(c => c.Type == condition)?.Reason;

    /// <summary>Ends all pods that run; always false.</summary>
    private protected bool EndRunning(Func<Pod, bool> succeeds)
    {
        foreach (var pod in Running) End(pod, succeeds(pod) ? "Succeeded" : "Failed");
        return false;
    }

    private protected bool IsTrue(string condition) => Job.Status.Conditions?.Exists(c => c.Type == condition && c.Status == "True") == true;

    private protected Task UntilAsync(Func<bool> condition, string what, TimeSpan? step = null) =>
        step is null ? _harness.UntilAsync(condition, what) : _harness.AdvanceUntilAsync(condition, what, step);

    private protected void End(Pod pod, string phase, Action<Pod>? change = null)
    {
        var copy = Api.Find<Pod>("default", pod.Metadata.Name)!.DeepClone();
        copy.Status.Phase = phase;
        change?.Invoke(copy);
        Api.Put(copy);
    }

    private protected void Change(Action<Job> change)
    {
        var copy = Job.DeepClone();
        change(copy);
        Api.Put(copy);
    }
}
