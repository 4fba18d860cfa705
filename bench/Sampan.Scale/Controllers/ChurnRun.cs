using System.Diagnostics;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Scale.Controllers;

/// <summary>Pods of ReplicaSets deleted one after the other; each time the replacement is waited for.</summary>
internal sealed class ChurnRun(ControlPlane plane, int count)
{
    private const int Sets = 200;
    private const int PodsInSet = 5;
    private const int AtOnce = 16;
    private readonly Effects _effects = new();

    public async Task RunAsync(CancellationToken ct)
    {
        await plane.StartControllersAsync(["replicaset-controller", "garbage-collector-controller"], TimeSpan.FromMinutes(1), ct);
        var measure = new Measure(plane);
        await using var informers = new InformerFactory(plane.Client, TimeProvider.System);
        var pods = informers.For<Pod>(Pods.Namespace);
        pods.AddIndex("set", p => [p.Metadata.Labels?.GetValueOrDefault("app") ?? ""]);
        using var counting = pods.Subscribe((old, current) =>
        {
            if (old is null) _effects.Seen(current!.Metadata.Labels!["app"]);
        });
        await informers.StartAsync(ct);
        for (var i = 0; i < Sets; i++) await plane.Client.Of<ReplicaSet>().CreateAsync(Create($"set-{i}"), ct);
        while (pods.List().Count() < Sets * PodsInSet) await Task.Delay(50, ct);
        var rounds = count / Sets;
        await measure.RunAsync("pods replaced", rounds * Sets, () => Measure.ForEachAsync(Sets, AtOnce, number => ChurnAsync($"set-{number}", rounds, pods, measure, ct)));
    }

    private async Task ChurnAsync(string set, int rounds, Informer<Pod> pods, Measure measure, CancellationToken ct)
    {
        for (var round = 0; round < rounds; round++)
        {
            var victim = pods.ByIndex("set", set).MinBy(p => p.Metadata.CreationTimestamp?.Value)!;
            var (began, effect) = (Stopwatch.GetTimestamp(), _effects.Expect(set));
            await plane.Client.Of<Pod>().DeleteAsync(Pods.Namespace, victim.Metadata.Name, new DeleteOptions { GracePeriodSeconds = 0 }, ct);
            await effect;
            measure.Add(began);
            while (pods.Get(Pods.Namespace, victim.Metadata.Name) is not null) await Task.Yield();
        }
    }

    private static ReplicaSet Create(string name)
    {
        var labels = new Dictionary<string, string> { ["app"] = name };
        return new ReplicaSet
        {
            Metadata = new() { Namespace = Pods.Namespace, Name = name },
            Spec = new()
            {
                Replicas = PodsInSet,
                Selector = new() { MatchLabels = labels },
                Template = new() { Metadata = new() { Labels = labels }, Spec = new() { Containers = [new() { Name = "main", Image = "registry.example/app:1" }] } },
            },
        };
    }
}
