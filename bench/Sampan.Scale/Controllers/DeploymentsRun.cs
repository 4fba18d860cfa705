using System.Diagnostics;
using System.Text.Json.Nodes;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Scale.Controllers;

/// <summary>Deployments created, updated and deleted, on simulated nodes and without the scheduler: each names its node.</summary>
internal sealed class DeploymentsRun(ControlPlane plane, int count, int replicas)
{
    private const int Nodes = 100;
    private const int AtOnce = 16;
    private const string First = "registry.example/app:1";
    private const string Second = "registry.example/app:2";
    private readonly Effects _effects = new();
    private volatile Func<Deployment?, bool> _isDone = _ => false;

    public async Task RunAsync(CancellationToken ct)
    {
        await plane.StartNodesAsync(Nodes, ct);
        var measure = new Measure(plane);
        await using var informers = new InformerFactory(plane.Client, TimeProvider.System);
        using var deployments = informers.For<Deployment>(Pods.Namespace).Subscribe(Note);
        await informers.StartAsync(ct);
        var client = plane.Client.Of<Deployment>();
        var pods = plane.Client.Of<Pod>();
        _isDone = d => Runs(d, First);
        await measure.RunAsync("create", count, () => EachAsync(measure, i => client.CreateAsync(Create(i), ct)));
        _isDone = d => Runs(d, Second);
        await measure.RunAsync("update", count, () => EachAsync(measure, i => client.PatchAsync(Pods.Namespace, NameOf(i), NewImage, ct)));
        _isDone = d => d is null;
        await measure.RunAsync("delete", count, async () =>
        {
            await EachAsync(measure, i => client.DeleteAsync(Pods.Namespace, NameOf(i), ct));
            while ((await pods.ListAsync(Pods.Namespace, new ListOptions { Limit = 1 }, ct)).Items.Count > 0) await Task.Delay(50, ct);
        });
    }

    private static Patch NewImage => Patch.StrategicMerge(
        JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"IMAGE"}]}}}}""".Replace("IMAGE", Second, StringComparison.Ordinal))!);

    private static string NameOf(int number) => $"app-{number}";

    private Task EachAsync(Measure measure, Func<int, Task> change) => Measure.ForEachAsync(count, AtOnce, async number =>
    {
        var (began, effect) = (Stopwatch.GetTimestamp(), _effects.Expect(NameOf(number)));
        await change(number);
        await effect;
        measure.Add(began);
    });

    private void Note(Deployment? old, Deployment? current)
    {
        if (_isDone(current)) _effects.Seen((current ?? old)!.Metadata.Name);
    }

    private bool Runs(Deployment? deployment, string image) =>
        deployment is { Status: { } status } && deployment.Spec.Template.Spec.Containers[0].Image == image && status.ObservedGeneration == deployment.Metadata.Generation
        && status.UpdatedReplicas == replicas && status.AvailableReplicas == replicas && status.Replicas == replicas;

    private Deployment Create(int number)
    {
        var labels = new Dictionary<string, string> { ["app"] = NameOf(number) };
        return new Deployment
        {
            Metadata = new() { Namespace = Pods.Namespace, Name = NameOf(number) },
            Spec = new()
            {
                Replicas = replicas,
                Selector = new() { MatchLabels = labels },
                Template = new()
                {
                    Metadata = new() { Labels = labels },
                    Spec = new()
                    {
                        NodeName = $"simulated-{number % Nodes}",
                        TerminationGracePeriodSeconds = 0,
                        Containers = [new() { Name = "main", Image = First }],
                    },
                },
            },
        };
    }
}
