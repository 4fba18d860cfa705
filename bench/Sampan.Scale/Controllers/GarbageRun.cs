using System.Collections.Concurrent;
using System.Diagnostics;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Scale.Controllers;

/// <summary>Owners deleted one after the other, each with a thousand objects that have to go with it.</summary>
internal sealed class GarbageRun(ControlPlane plane, int count)
{
    private const int PerOwner = 1000;
    private const int AtOnce = 4;
    private readonly Effects _effects = new();
    private readonly ConcurrentDictionary<string, int> _left = new();

    public async Task RunAsync(CancellationToken ct)
    {
        await plane.StartControllersAsync(["garbage-collector-controller"], TimeSpan.FromMinutes(1), ct);
        var measure = new Measure(plane);
        var owners = count / PerOwner;
        var maps = plane.Client.Of<ConfigMap>();
        await using var informers = new InformerFactory(plane.Client, TimeProvider.System);
        using var counting = informers.For<ConfigMap>(Pods.Namespace).Subscribe(Note);
        await informers.StartAsync(ct);
        await measure.RunAsync("owned objects created", owners * PerOwner, () => Measure.ForEachAsync(owners, 2 * AtOnce, async number =>
        {
            var owner = await maps.CreateAsync(new ConfigMap { Metadata = new() { Namespace = Pods.Namespace, Name = $"owner-{number}" } }, ct);
            for (var i = 0; i < PerOwner; i++) await maps.CreateAsync(Owned(owner, i), ct);
        }));
        await measure.RunAsync("owned objects collected", owners * PerOwner, () => Measure.ForEachAsync(owners, AtOnce, async number =>
        {
            var (began, effect) = (Stopwatch.GetTimestamp(), _effects.Expect($"owner-{number}"));
            await maps.DeleteAsync(Pods.Namespace, $"owner-{number}", new DeleteOptions { PropagationPolicy = "Background" }, ct);
            await effect;
            measure.Add(began);
        }));
    }

    private void Note(ConfigMap? old, ConfigMap? current)
    {
        if (old is not null && current is not null) return;
        if ((current ?? old)!.Metadata.OwnerReferences is not [{ Name: var owner }]) return;
        if (_left.AddOrUpdate(owner, 1, (_, left) => left + (current is null ? -1 : 1)) == 0) _effects.Seen(owner);
    }

    private static ConfigMap Owned(ConfigMap owner, int number) => new()
    {
        Metadata = new()
        {
            Namespace = Pods.Namespace,
            Name = $"{owner.Metadata.Name}-{number}",
            OwnerReferences = [new() { ApiVersion = "v1", Kind = "ConfigMap", Name = owner.Metadata.Name, Uid = owner.Metadata.Uid }],
        },
    };
}
