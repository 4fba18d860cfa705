using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Status;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Status;

/// <summary>Which phase the states of a pod's containers make, as the tables of upstream's getPhase decide it.</summary>
public sealed class PodPhaseTests
{
    /// <summary>wait: not started; wait/1: waits after it ended with 1; 1: ended with 1.</summary>
    [Theory]
    [InlineData("Always", "wait wait", "Pending")]
    [InlineData("Always", "run run", "Running")]
    [InlineData("Always", "run 0", "Running")]
    [InlineData("Always", "run wait", "Pending")]
    [InlineData("Always", "0 wait", "Pending")]
    [InlineData("Always", "0 0", "Running")]
    [InlineData("Always", "1 1", "Running")]
    [InlineData("Always", "run wait/1", "Running")]
    [InlineData("Always", "wait/1 wait/1", "Running")]
    [InlineData("OnFailure", "wait wait", "Pending")]
    [InlineData("OnFailure", "run run", "Running")]
    [InlineData("OnFailure", "0 0", "Succeeded")]
    [InlineData("OnFailure", "0 1", "Running")]
    [InlineData("OnFailure", "run 1", "Running")]
    [InlineData("OnFailure", "run wait", "Pending")]
    [InlineData("OnFailure", "0 wait/1", "Running")]
    [InlineData("Never", "wait wait", "Pending")]
    [InlineData("Never", "run run", "Running")]
    [InlineData("Never", "0 0", "Succeeded")]
    [InlineData("Never", "0 1", "Failed")]
    [InlineData("Never", "run 1", "Running")]
    [InlineData("Never", "run wait", "Pending")]
    public void Containers_OfALivingPod_MakeItsPhase(string policy, string main, string phase) => Assert.Equal(phase, Of(policy, "", main));

    [Theory]
    [InlineData("Always", "0 0", "Succeeded")]
    [InlineData("Always", "0 1", "Failed")]
    [InlineData("Always", "1 1", "Failed")]
    [InlineData("OnFailure", "0 1", "Failed")]
    [InlineData("Never", "wait wait", "Failed")]
    [InlineData("Always", "0 wait", "Failed")]
    public void Containers_OfAPodThatHasEnded_MakeItsPhaseWhateverThePolicy(string policy, string main, string phase) =>
        Assert.Equal(phase, Of(policy, "", main, isTerminal: true));

    [Theory]
    [InlineData("Always", "i:wait i:wait", "wait", "Pending")]
    [InlineData("Always", "i:run i:wait", "wait", "Pending")]
    [InlineData("Always", "i:1 i:wait", "wait", "Pending")]
    [InlineData("Always", "i:wait/1 i:wait", "wait", "Pending")]
    [InlineData("Always", "i:0 i:0", "wait", "Pending")]
    [InlineData("Always", "i:0 i:0", "run", "Running")]
    [InlineData("Always", "i:0 i:0", "1", "Running")]
    [InlineData("OnFailure", "i:1 i:wait", "wait", "Pending")]
    [InlineData("OnFailure", "i:0 i:0", "0", "Succeeded")]
    [InlineData("Never", "i:wait", "wait", "Pending")]
    [InlineData("Never", "i:run", "wait", "Pending")]
    [InlineData("Never", "i:1", "wait", "Failed")]
    [InlineData("Never", "i:wait/1", "wait", "Failed")]
    [InlineData("Never", "i:0", "wait", "Pending")]
    [InlineData("Never", "i:0", "0", "Succeeded")]
    [InlineData("Never", "i:0", "1", "Failed")]
    public void InitContainers_HoldThePodBack(string policy, string init, string main, string phase) => Assert.Equal(phase, Of(policy, init, main));

    [Theory]
    [InlineData("Always", "s:wait", "wait wait", "Pending")]
    [InlineData("Always", "s:run", "wait wait", "Pending")]
    [InlineData("Always", "s:1", "wait wait", "Pending")]
    [InlineData("Always", "s:wait/0", "wait wait", "Pending")]
    [InlineData("Always", "s:run", "run wait", "Pending")]
    [InlineData("Always", "s:run", "run run", "Running")]
    [InlineData("Always", "s:wait/1", "run run", "Running")]
    [InlineData("Always", "s:1", "run run", "Running")]
    [InlineData("Always", "s:run", "0 0", "Running")]
    [InlineData("Always", "s:1", "0 0", "Running")]
    [InlineData("OnFailure", "s:run", "0 0", "Running")]
    [InlineData("OnFailure", "s:1", "0 0", "Succeeded")]
    [InlineData("Never", "s:run", "1 1", "Running")]
    [InlineData("Never", "s:1", "0 0", "Succeeded")]
    [InlineData("Never", "s:0", "0 1", "Failed")]
    [InlineData("Never", "i:1 s:wait", "wait wait", "Failed")]
    [InlineData("Never", "s:run i:1", "wait wait", "Failed")]
    public void Sidecars_KeepThePodRunningButDoNotDecideHowItEnded(string policy, string init, string main, string phase) => Assert.Equal(phase, Of(policy, init, main));

    [Theory]
    [InlineData("Always", "s:1", "0 0", "Succeeded")]
    [InlineData("Always", "s:0", "1 0", "Failed")]
    public void Sidecars_OfAPodThatHasEnded_DoNotDecideHowItEnded(string policy, string init, string main, string phase) =>
        Assert.Equal(phase, Of(policy, init, main, isTerminal: true));

    /// <summary>A sandbox died, or the machine was rebooted: what main containers did before does not count while the pod is initialized anew.</summary>
    [Theory]
    [InlineData("Always", "i:run", "1", "Pending")]
    [InlineData("Always", "i:wait", "1", "Pending")]
    [InlineData("Always", "i:wait/0", "1", "Running")]
    [InlineData("Always", "i:0 s:run i:0", "1", "Pending")]
    [InlineData("Always", "s:wait", "wait/1", "Pending")]
    [InlineData("Always", "s:0", "1", "Running")]
    [InlineData("OnFailure", "i:run", "1", "Pending")]
    public void InitContainers_InANewSandbox_HoldThePodBackAgain(string policy, string init, string main, string phase) =>
        Assert.Equal(phase, Of(policy, init, main, isNewSandbox: true));

    [Theory]
    [InlineData("Never", "42 0", "Running")]
    [InlineData("Never", "wait/42 0", "Running")]
    [InlineData("Never", "7 0", "Failed")]
    [InlineData("Never", "0 0", "Succeeded")]
    [InlineData("OnFailure", "42 0", "Running")]
    public void RestartRules_OfAContainer_KeepItsPodRunning(string policy, string main, string phase) => Assert.Equal(phase, Of(policy, "", main, ruled: true));

    private static string Of(string policy, string init, string main, bool isTerminal = false, bool ruled = false, bool isNewSandbox = false)
    {
        var (inits, mains) = (Words(init), Words(main));
        var pod = Node.Pod("pod", p =>
        {
            p.Spec.RestartPolicy = policy;
            p.Spec.InitContainers = [.. inits.Select((w, i) => Node.Container($"i{i}", c => c.RestartPolicy = w.StartsWith('s') ? "Always" : null))];
            p.Spec.Containers = [.. mains.Select((_, i) => Node.Container($"c{i}", c => c.RestartPolicyRules = ruled ? [new() { Action = "Restart", ExitCodes = new() { Operator = "In", Values = [42] } }] : null))];
        });
        return PodPhase.Of(pod, [.. inits.Select((w, i) => Status($"i{i}", w[2..]))], [.. mains.Select((w, i) => Status($"c{i}", w))], isTerminal, !isNewSandbox && mains.Any(w => w != "wait"));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ContainerStatus Status(string name, string state)
    {
        var status = new ContainerStatus { Name = name, ContainerID = state == "wait" ? null : "fake://" + name };
        switch (state.Split('/'))
        {
            case ["run"]:
                (status.State.Running, status.Started) = (new(), true);
                break;
            case ["wait", .. var ended]:
                status.State.Waiting = new();
                status.LastState.Terminated = ended.Length > 0 ? Ended(ended[0]) : null;
                break;
            default:
                status.State.Terminated = Ended(state);
                status.Ready = state == "0";
                break;
        }

        return status;
    }

    private static ContainerStateTerminated Ended(string code) => new() { ExitCode = int.Parse(code, CultureInfo.InvariantCulture) };
}
