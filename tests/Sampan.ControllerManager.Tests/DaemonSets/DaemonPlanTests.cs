using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.DaemonSets;

namespace Sampan.ControllerManager.Tests.DaemonSets;

/// <summary>
/// What is made and what goes for the pods that nodes have. A node is a word, "-" without a pod; a pod is o(ld) or n(ew) and
/// R(eady), U(nready), F(ailed) or S(ucceeded), then d if it is being deleted. A node with a "!" may keep its pods but gets none.
/// </summary>
public sealed class DaemonPlanTests
{
    [Theory]
    [InlineData("all old, ready", "oR oR oR", "1", "0", "", "0")]
    [InlineData("all old, none ready", "oU oU oU", "1", "0", "", "0 1 2")]
    [InlineData("some old are not ready", "oU oU oR oR oR", "2", "0", "", "0 1")]
    [InlineData("room beside those not ready", "oU oR oR oR", "2", "0", "", "0 1")]
    [InlineData("a new one that is not ready counts", "nU oR oR", "1", "0", "", "")]
    [InlineData("a node without a pod counts", "- oR oR", "1", "0", "0", "")]
    [InlineData("a pod on its way out counts", "oRd oR oR", "1", "0", "", "")]
    [InlineData("percentage", "oR oR oR oR oR", "40%", "0", "", "0 1")]
    [InlineData("all new", "nR nU nR", "1", "0", "", "")]
    [InlineData("a node that gets no pod any more is rolled too", "!oR nR", "1", "0", "", "0")]
    [InlineData("surge, all old, ready", "oR oR oR", "0", "1", "0", "")]
    [InlineData("surge, none ready", "oU oU oU", "0", "1", "0 1 2", "")]
    [InlineData("surge in use", "oR+nU oR", "0", "1", "", "")]
    [InlineData("surge hands over", "oR+nR oR", "0", "1", "1", "0")]
    [InlineData("surge, the old one fails meanwhile", "oU+nU oR", "0", "1", "", "0")]
    [InlineData("surge of a percentage", "oR oR oR oR oR", "0", "40%", "0 1", "")]
    [InlineData("surge, a node that pods have to leave keeps its one while it is needed", "!oR oU", "0", "1", "1", "")]
    [InlineData("surge, a node that pods have to leave gives its one up", "!oR nR", "0", "1", "", "0")]
    [InlineData("two pods on a node, the older stays", "nR+nR", "1", "0", "", "0b")]
    [InlineData("surge, three pods on a node", "oR+nU+nU", "0", "1", "", "0c")]
    [InlineData("failed", "nF", "1", "0", "", "0")]
    [InlineData("succeeded", "nS", "1", "0", "", "0")]
    [InlineData("on its way out, the successor waits", "nRd", "1", "0", "", "")]
    [InlineData("finished and only held by a finalizer", "nFd nSd", "1", "0", "0 1", "")]
    public void Plan_PodsFound_KeepsOneOnEachNodeAndRolls(string name, string nodes, string unavailable, string surge, string create, string delete)
    {
        Assert.NotEmpty(name);
        var set = new DaemonSet
        {
            Spec = new() { UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxUnavailable = Number(unavailable), MaxSurge = Number(surge) } } },
        };
        var words = nodes.Split(' ');
        var view = new DaemonView(set, "new", words.Select(NodeOf), words.SelectMany(PodsOf).ToList(), DateTimeOffset.UnixEpoch);
        var plan = DaemonPlan.Of(view);
        Assert.Equal(
            (create, delete),
            (string.Join(' ', plan.Create.Order(StringComparer.Ordinal)), string.Join(' ', plan.Delete.Select(p => p.Metadata.Name).Order(StringComparer.Ordinal))));
    }

    [Theory]
    [InlineData("oR+nR", 1, 1, 0)]
    [InlineData("nU+oR", 0, 0, 1)]
    [InlineData("nR", 1, 1, 1)]
    [InlineData("oR", 1, 1, 0)]
    public void Status_NodeWithTwoPods_CountsByTheOlder(string pods, int ready, int available, int updated)
    {
        var view = new DaemonView(new DaemonSet(), "new", [NodeOf(pods, 0)], [.. PodsOf(pods, 0)], DateTimeOffset.UnixEpoch);
        var status = DaemonStatuses.Of(view);
        Assert.Equal((ready, available, updated), (status.NumberReady, status.NumberAvailable, status.UpdatedNumberScheduled));
    }

    private static IntOrString Number(string text) => int.TryParse(text, out var number) ? number : text;

    private static Node NodeOf(string word, int number) => new()
    {
        Metadata = new ObjectMeta { Name = $"{number}" },
        Spec = new() { Taints = word.StartsWith('!') ? [new() { Key = "full", Effect = "NoSchedule" }] : null },
    };

    private static IEnumerable<Pod> PodsOf(string word, int number) => word == "-" ? [] : word.TrimStart('!').Split('+').Select((text, i) => PodOf(text, number, i));

    private static Pod PodOf(string text, int node, int age)
    {
        var pod = Workloads.Pod(age == 0 ? $"{node}" : $"{node}{(char)('a' + age)}", ready: text[1] == 'R', node: $"{node}");
        pod.Metadata.Labels![TemplateHistory.HashLabel] = text[0] == 'n' ? "new" : "old";
        pod.Metadata.CreationTimestamp = DateTimeOffset.UnixEpoch.AddMinutes(age - 60);
        pod.Status.Phase = text[1] switch { 'F' => "Failed", 'S' => "Succeeded", _ => "Running" };
        if (text.EndsWith('d')) pod.Metadata.DeletionTimestamp = DateTimeOffset.UnixEpoch;
        return pod;
    }
}
