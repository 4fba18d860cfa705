using System.Collections.Concurrent;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

/// <summary>Lets pods with its annotation wait for a permit.</summary>
internal sealed class Gatekeeper : IPermitPlugin
{
    public const string Annotation = "example.com/wait";

    private readonly ConcurrentDictionary<string, WaitingPod> _waiting = new();

    public string Name => nameof(Gatekeeper);

    public (PluginStatus Status, WaitingPod? Waiting) Permit(CycleState state, PodInfo pod, string node)
    {
        if (pod.Pod.Metadata.Annotations?.ContainsKey(Annotation) != true) return default;
        var waiting = new WaitingPod(pod, node, TimeSpan.FromHours(1));
        _waiting[pod.Key.Name] = waiting;
        return (PluginStatus.Wait, waiting);
    }

    public async Task<WaitingPod> ArrivedAsync(string pod)
    {
        for (var i = 0; i < 600; i++)
        {
            if (_waiting.TryGetValue(pod, out var waiting)) return waiting;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"{pod} has not come to the gate");
    }
}
