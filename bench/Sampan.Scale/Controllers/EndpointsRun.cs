using System.Diagnostics;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Scale.Controllers;

/// <summary>One Service with many endpoints, of which one changes at a time.</summary>
internal sealed class EndpointsRun(ControlPlane plane, int count, int changes)
{
    private const int AtOnce = 16;
    private readonly Effects _effects = new();

    public async Task RunAsync(CancellationToken ct)
    {
        await plane.StartControllersAsync(["endpointslice-controller", "endpoints-controller"], TimeSpan.FromMinutes(1), ct);
        var measure = new Measure(plane);
        var pods = plane.Client.Of<Pod>();
        await Measure.ForEachAsync(count, AtOnce, async number => await SetReadyAsync(await pods.CreateAsync(Create(number), ct), number, true, ct));
        await using var informers = new InformerFactory(plane.Client, TimeProvider.System);
        var slices = informers.For<EndpointSlice>(Pods.Namespace);
        using var noting = slices.Subscribe(Note);
        await informers.StartAsync(ct);
        await measure.RunAsync("first slices", 1, async () =>
        {
            await plane.Client.Of<Service>().CreateAsync(Service(), ct);
            while (slices.List().Sum(s => s.Endpoints?.Count ?? 0) < count) await Task.Delay(5, ct);
        });
        await measure.RunAsync("one endpoint changes", changes, async () =>
        {
            for (var change = 0; change < changes; change++) await ChangeAsync(change * 37 % count, change % 2 != 0, measure, ct);
        });
    }

    private static string NameOf(int number) => $"pod-{number}";

    private async Task ChangeAsync(int number, bool ready, Measure measure, CancellationToken ct)
    {
        var pod = await plane.Client.Of<Pod>().GetAsync(Pods.Namespace, NameOf(number), ct);
        if (pod.Status.Conditions is [{ Status: var now }] && (now == "True") == ready) ready = !ready;
        var (began, effect) = (Stopwatch.GetTimestamp(), _effects.Expect($"{NameOf(number)}={ready}"));
        await SetReadyAsync(pod, number, ready, ct);
        await effect;
        measure.Add(began);
    }

    private void Note(EndpointSlice? old, EndpointSlice? current)
    {
        foreach (var endpoint in current?.Endpoints ?? []) _effects.Seen($"{endpoint.TargetRef!.Name}={endpoint.Conditions.Ready}");
    }

    private Task<Pod> SetReadyAsync(Pod pod, int number, bool ready, CancellationToken ct)
    {
        var copy = pod.DeepClone();
        var address = $"10.{64 + (number / 65536)}.{number / 256 % 256}.{number % 256}";
        copy.Status = new()
        {
            Phase = "Running",
            PodIP = address,
            PodIPs = [new() { Ip = address }],
            Conditions = [new() { Type = "Ready", Status = ready ? "True" : "False", LastTransitionTime = TimeProvider.System.GetUtcNow() }],
        };
        return plane.Client.Of<Pod>().UpdateStatusAsync(copy, ct);
    }

    private static Pod Create(int number) => new()
    {
        Metadata = new() { Namespace = Pods.Namespace, Name = NameOf(number), Labels = new() { ["app"] = "web" } },
        Spec = new() { Containers = [new() { Name = "main", Image = "registry.example/app:1" }] },
    };

    private static Service Service() => new()
    {
        Metadata = new() { Namespace = Pods.Namespace, Name = "web" },
        Spec = new() { Selector = new() { ["app"] = "web" }, Ports = [new() { Port = 80, TargetPort = 8080 }] },
    };
}
