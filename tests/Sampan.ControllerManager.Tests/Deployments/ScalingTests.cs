using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.Deployments;

namespace Sampan.ControllerManager.Tests.Deployments;

/// <summary>How a Deployment that is resized midway spreads its size over its ReplicaSets: the new one first, then the old ones from the youngest on.</summary>
public sealed class ScalingTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Theory]
    [InlineData("larger", 10, 12, 0, "10", "12")]
    [InlineData("smaller", 10, 5, 0, "10", "5")]
    [InlineData("in proportion, 5 to 10", 5, 10, 0, "2 3", "4 6")]
    [InlineData("in proportion, 5 to 3", 5, 3, 0, "2 3", "1 2")]
    [InlineData("in proportion, 9 to 4", 9, 4, 0, "8 1", "4 0")]
    [InlineData("in proportion, 7 to 10", 7, 10, 0, "2 3 2", "3 4 3")]
    [InlineData("in proportion, 13 to 8", 13, 8, 0, "2 8 3", "1 5 2")]
    [InlineData("the remainder goes to the new one", 3, 4, 0, "1 1 1", "2 1 1")]
    [InlineData("each as much", 3, 6, 0, "1 1 1", "2 2 2")]
    [InlineData("the remainder goes to the largest", 4, 5, 0, "1 2 1", "1 3 1")]
    [InlineData("to zero", 6, 0, 0, "3 2 1", "0 0 0")]
    [InlineData("from zero", 0, 6, 0, "0 0", "6 0")]
    [InlineData("one is active, an old one", 10, 12, 0, "0 10", "0 12")]
    [InlineData("with surge", 10, 15, 3, "5 8", "7 11")]
    [InlineData("with surge, smaller", 10, 5, 3, "5 8", "3 5")]
    public async Task Resize_Midway_KeepsTheMix(string name, int before, int after, int surge, string sizes, string expected)
    {
        Assert.NotEmpty(name);
        var deployment = Workloads.Deployment(after);
        deployment.Metadata.Uid = "web-uid";
        deployment.Spec.Strategy.RollingUpdate = new() { MaxSurge = surge, MaxUnavailable = surge == 0 ? 1 : 0 };
        deployment.Spec.Paused = true; // The rollout does not go on from the new sizes before they are seen.
        Api.Put(deployment);
        var count = 0;
        foreach (var size in sizes.Split(' ')) PutSet(deployment, count++, int.Parse(size, System.Globalization.CultureInfo.InvariantCulture), before, before + surge);
        await _harness.StartAsync(c => new DeploymentController(c));
        await _harness.UntilAsync(() => Sizes(count) == expected && !Resized(after), $"{name}: {Sizes(count)}");
    }

    [Theory]
    [InlineData(1, 1, 0, 0, 1)]
    [InlineData(1, 2, 0, 2, 1)]
    [InlineData(2, 5, 0, 0, 5)]
    [InlineData(2, 5, 0, 6, 1)]
    [InlineData(2, 5, 2, 4, 3)]
    [InlineData(0, 5, 1, 4, 1)]
    public void NewReplicas_OldOnesLeft_GrowsWithinTheSurge(int surge, int replicas, int current, int old, int expected)
    {
        var deployment = Workloads.Deployment(replicas);
        deployment.Spec.Strategy.RollingUpdate = new() { MaxSurge = surge, MaxUnavailable = 1 };
        var rollout = new Rollout(deployment, [Set("new", current), Set("old", old)]);
        Assert.Equal(expected, Scaling.NewReplicas(rollout, current));
    }

    [Theory]
    [InlineData("ReplicaSetCreateError", "Failed to create new replica set")]
    public async Task Create_Refused_IsToldAsConditionAndEvent(string reason, string message)
    {
        Api.Refuse = r => r is { Verb: ApiVerbs.Create, Resource.Resource: "replicasets" } ? StatusException.Forbidden(r.Resource.GroupResource, "", "exceeded quota") : null;
        Api.Put(Workloads.Deployment(1));
        await _harness.StartAsync(c => new DeploymentController(c));
        await _harness.UntilAsync(
            () => Api.Find<Deployment>("default", "web")!.Status.Conditions?.Find(c => c.Type == "Progressing") is { Status: "False" } c && c.Reason == reason, "the condition");
        await _harness.UntilAsync(
            () => Api.List<Event>().Exists(e => e.Type == "Warning" && e.Reason == reason && e.Message!.StartsWith(message, StringComparison.Ordinal) && e.Message.EndsWith("exceeded quota", StringComparison.Ordinal)),
            "the event");
    }

    [Fact]
    public async Task NewTemplate_RevisionComesWithTheStatus_GenerationIsTheUsersAlone()
    {
        Api.Put(Workloads.Deployment(1));
        await _harness.StartAsync(c => new DeploymentController(c));
        await _harness.UntilAsync(() => Api.Find<Deployment>("default", "web")!.Metadata.Annotations?["deployment.kubernetes.io/revision"] == "1", "numbered");
        Assert.DoesNotContain(Api.Writes, r => r is { Verb: ApiVerbs.Update, Resource.Resource: "deployments", Subresource: null or "" });
        Assert.Equal(1, Api.Find<Deployment>("default", "web")!.Metadata.Generation);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static ReplicaSet Set(string image, int size)
    {
        var set = Workloads.ReplicaSet(size, image);
        (set.Metadata.Uid, set.Spec.Template) = (image, Workloads.Template(image == "new" ? "one" : image));
        return set;
    }

    private void PutSet(Deployment owner, int number, int size, int desired, int max)
    {
        var set = Workloads.ReplicaSet(size, $"web-{number}");
        set.Spec.Template = Workloads.Template(number == 0 ? "one" : $"old-{number}");
        set.Metadata.OwnerReferences = [OwnerReferences.ControllerRef(owner)];
        set.Metadata.CreationTimestamp = _harness.Time.GetUtcNow().AddMinutes(-number);
        set.Metadata.Annotations = new()
        {
            ["deployment.kubernetes.io/desired-replicas"] = $"{desired}", ["deployment.kubernetes.io/max-replicas"] = $"{max}", ["deployment.kubernetes.io/revision"] = $"{10 - number}",
        };
        Api.Put(set);
    }

    private string Sizes(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => Api.Find<ReplicaSet>("default", $"web-{i}")!.Spec.Replicas));

    /// <summary>True while an active set is still sized for another number.</summary>
    private bool Resized(int after) => Api.List<ReplicaSet>().Exists(s => s.Spec.Replicas > 0 && RolloutAnnotations.Desired(s) != after);
}
