using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.StatefulSets;

namespace Sampan.ControllerManager.Tests.StatefulSets;

/// <summary>
/// What is made and what goes, by ordinal. A pod is n(ew) or o(ld) and R(eady), U(nready), F(ailed) or S(ucceeded), then d if it is
/// being deleted; "-" is none.
/// </summary>
public sealed class StatefulPlanTests
{
    [Theory]
    [InlineData("first", 3, "", true, "0", "")]
    [InlineData("waits for the one before", 3, "nU", true, "", "")]
    [InlineData("next", 3, "nR", true, "1", "")]
    [InlineData("a gap is filled first", 3, "nR - nR", true, "1", "")]
    [InlineData("a pod on its way out is waited for", 3, "nR nRd", true, "", "")]
    [InlineData("failed", 3, "nR nF nR", true, "", "1")]
    [InlineData("succeeded", 3, "nS nR nR", true, "", "0")]
    [InlineData("failed and on its way out", 2, "nFd nR", true, "", "")]
    [InlineData("scaled down", 1, "nR nR nR", true, "", "2")]
    [InlineData("scaled down, one is going", 1, "nR nR nRd", true, "", "")]
    [InlineData("scaled down, the highest is not ready", 1, "nR nR nU", true, "", "2")]
    [InlineData("scaled down, a lower one is not ready", 1, "nR nU nR", true, "", "2")]
    [InlineData("scaled down, two are not ready", 1, "nR nU nU", true, "", "")]
    [InlineData("scaled down, waits for those that stay", 1, "nU nR", true, "", "")]
    [InlineData("parallel: all at once", 3, "", false, "0 1 2", "")]
    [InlineData("parallel: failed and missing together", 3, "nF - nU", false, "1", "0")]
    [InlineData("parallel: scaled down at once", 1, "nR nU nR", false, "", "1 2")]
    [InlineData("rolls the highest", 3, "oR oR oR", true, "", "2")]
    [InlineData("rolling waits for the new one", 3, "oR oR nU", true, "", "")]
    [InlineData("rolling goes on", 3, "oR oR nR", true, "", "1")]
    [InlineData("scaling comes before rolling", 2, "oR oR oR", true, "", "2")]
    [InlineData("parallel: one of the old is down anyway", 3, "oR oU oR", false, "", "1")]
    public void Plan_PodsFound_TakesTheStepsThatAreDue(string name, int replicas, string pods, bool ordered, string create, string delete)
    {
        Assert.NotEmpty(name);
        Check(Set(replicas, ordered), pods, create, delete);
    }

    [Theory]
    [InlineData("two at once", 4, "2", 0, "oR oR oR oR", "2 3")]
    [InlineData("half, rounded down", 5, "50%", 0, "oR oR oR oR oR", "3 4")]
    [InlineData("a small percentage is one", 3, "10%", 0, "oR oR oR", "2")]
    [InlineData("one is down already", 4, "2", 0, "oR oR oR nU", "2")]
    [InlineData("as many as may be are down", 4, "2", 0, "oR oR nU nU", "")]
    [InlineData("partition", 4, "2", 3, "oR oR oR oR", "3")]
    [InlineData("partition reached", 4, "2", 3, "oR oR oR nR", "")]
    [InlineData("partition beyond all", 3, "1", 9, "oR oR oR", "")]
    public void Plan_MaxUnavailable_ReplacesThatManyFromTheTop(string name, int replicas, string max, int partition, string pods, string delete)
    {
        Assert.NotEmpty(name);
        var set = Set(replicas, ordered: false);
        set.Spec.UpdateStrategy.RollingUpdate = new() { MaxUnavailable = int.TryParse(max, out var number) ? number : max, Partition = partition };
        Check(set, pods, "", delete);
    }

    [Theory]
    [InlineData("nR nR", 2, "new")]
    [InlineData("nR nU", 2, "old")]
    [InlineData("nR oR", 2, "old")]
    [InlineData("nR nR", 3, "old")]
    [InlineData("nR nR nR", 2, "old")]
    public void Status_UpdateIsComplete_OnlyWithAllWantedPods(string pods, int replicas, string current)
    {
        var status = StatefulStatuses.Of(ViewOf(Set(replicas, ordered: true), pods), null);
        Assert.Equal((current, "new", 0), (status.CurrentRevision, status.UpdateRevision, status.CollisionCount));
    }

    private static void Check(StatefulSet set, string pods, string create, string delete)
    {
        var plan = StatefulPlan.Of(ViewOf(set, pods));
        Assert.Equal((create, delete), (string.Join(' ', plan.Create), string.Join(' ', plan.Delete.Select(p => p.Metadata.Name[4..]).Order(StringComparer.Ordinal))));
    }

    private static StatefulView ViewOf(StatefulSet set, string pods)
    {
        var found = pods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, i) => (text, i)).Where(p => p.text != "-").Select(p => PodOf(p.text, p.i));
        return new(set, [.. found], "old", "new", DateTimeOffset.UnixEpoch);
    }

    private static StatefulSet Set(int replicas, bool ordered) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
        Spec = new() { Replicas = replicas, PodManagementPolicy = ordered ? "OrderedReady" : "Parallel", UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { Partition = 0 } } },
    };

    private static Pod PodOf(string text, int ordinal)
    {
        var pod = Workloads.Pod($"web-{ordinal}", ready: text[1] == 'R');
        pod.Metadata.Labels![TemplateHistory.HashLabel] = text[0] == 'n' ? "new" : "old";
        pod.Status.Phase = text[1] switch { 'F' => "Failed", 'S' => "Succeeded", _ => "Running" };
        if (text.EndsWith('d')) pod.Metadata.DeletionTimestamp = DateTimeOffset.UnixEpoch;
        return pod;
    }
}
