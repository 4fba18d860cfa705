using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Integration.Tests.Conformance;

namespace Sampan.Integration.Tests.Controllers;

/// <summary>A workload whose pods cannot be made says on itself what it waits for, in the words of whoever refuses them.</summary>
public sealed class WaitingForTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("quota", "exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0")]
    [InlineData("account", "error looking up service account {ns}/nobody: serviceaccount \"nobody\" not found")]
    [InlineData("policy", "violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false")]
    [InlineData("limit", "maximum cpu usage per Container is 100m, but limit is 1")]
    [InlineData("class", "no PriorityClass with name missing was found")]
    public async Task Pods_Refused_DeploymentAndReplicaSetSayWhy(string cause, string message)
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var deployment = Objects.Deployment(ns, "web", 1);
        await PrepareAsync(ns, cause, deployment.Spec.Template.Spec);
        await shared.Cluster.Client.CreateAsync(deployment, Ct);
        await SaidAsync(ns, "ReplicaSet", "FailedCreate", "Error creating: ", message);
        var told = await shared.Cluster.WaitAsync<Deployment>(ns, "web", d => d?.Status.Conditions?.Exists(c => c.Type == "ReplicaFailure") == true, Ct);
        var condition = told!.Status.Conditions!.Find(c => c.Type == "ReplicaFailure")!;
        Assert.Equal(("True", "FailedCreate"), (condition.Status, condition.Reason));
        Assert.Contains(message.Replace("{ns}", ns, StringComparison.Ordinal), condition.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StatefulSet", "create Pod web-0 in StatefulSet web failed error: ")]
    [InlineData("DaemonSet", "Error creating: ")]
    [InlineData("Job", "Error creating: ")]
    [InlineData("ReplicationController", "Error creating: ")]
    public async Task Pods_RefusedByQuota_EveryWorkloadSaysSo(string kind, string start)
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var like = Objects.Deployment(ns, "web", 1).Spec;
        await PrepareAsync(ns, "quota", like.Template.Spec);
        var meta = new ObjectMeta { Namespace = ns, Name = "web" };
        var client = shared.Cluster.Client;
        switch (kind)
        {
            case "StatefulSet": await client.CreateAsync(new StatefulSet { Metadata = meta, Spec = new() { Selector = like.Selector, Template = like.Template, ServiceName = "web" } }, Ct); break;
            case "DaemonSet": await client.CreateAsync(new DaemonSet { Metadata = meta, Spec = new() { Selector = like.Selector, Template = like.Template } }, Ct); break;
            case "ReplicationController": await client.CreateAsync(Objects.Replicas(ns, "web", 1), Ct); break;
            default:
                like.Template.Spec.RestartPolicy = "Never";
                await client.CreateAsync(new Job { Metadata = meta, Spec = new() { Template = like.Template } }, Ct);
                break;
        }

        await SaidAsync(ns, kind, "FailedCreate", start, "exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0");
    }

    private async Task PrepareAsync(string ns, string cause, PodSpec spec)
    {
        var client = shared.Cluster.Client;
        switch (cause)
        {
            case "quota":
                await client.CreateAsync(new ResourceQuota { Metadata = new() { Namespace = ns, Name = "none" }, Spec = new() { Hard = new() { ["pods"] = new Quantity(0) } } }, Ct);
                await shared.Cluster.WaitAsync<ResourceQuota>(ns, "none", q => q?.Status.Hard is { Count: > 0 }, Ct);
                break;
            case "account": spec.ServiceAccountName = "nobody"; break;
            case "policy":
                await shared.ChangeAsync<Namespace>(null, ns, n => (n.Metadata.Labels ??= [])["pod-security.kubernetes.io/enforce"] = "restricted", Ct);
                break;
            case "limit":
                spec.Containers[0].Resources.Limits = new() { ["cpu"] = Quantity.Parse("1") };
                await client.CreateAsync(new LimitRange { Metadata = new() { Namespace = ns, Name = "small" }, Spec = new() { Limits = [new() { Type = "Container", Max = new() { ["cpu"] = Quantity.Parse("100m") } }] } }, Ct);
                break;
            default: spec.PriorityClassName = "missing"; break;
        }
    }

    private Task SaidAsync(string ns, string kind, string reason, string start, string message) => SharedCluster.UntilAsync($"{kind}: {message}", async () =>
        (await shared.Cluster.Client.Of<Event>().ListAsync(ns, Ct)).Items.Any(e =>
            e.Type == "Warning" && e.Reason == reason && e.InvolvedObject.Kind == kind && e.Message!.StartsWith(start, StringComparison.Ordinal)
            && e.Message.Contains(message.Replace("{ns}", ns, StringComparison.Ordinal), StringComparison.Ordinal)));
}
