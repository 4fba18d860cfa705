using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Status;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Status;

public sealed class TerminationMessagesTests : IDisposable
{
    private const string Fallback = "FallbackToLogsOnError";
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("/dev/termination-log", "File", 0, "OK", "DONE", "OK")]
    [InlineData("/dev/termination-custom", "File", 0, "DONE", "", "DONE")]
    [InlineData("/dev/termination-log", Fallback, 0, "OK", "DONE", "OK")]
    [InlineData("/dev/termination-log", Fallback, 0, "", "DONE", "")]
    [InlineData("/dev/termination-log", Fallback, 1, "", "DONE", "DONE")]
    [InlineData("/dev/termination-log", "File", 1, "", "DONE", "")]
    public void Get_EndedContainer_IsItsFileOrItsLog(string path, string policy, int exitCode, string file, string log, string expected)
    {
        File.WriteAllText(_directory["message"], file);
        File.WriteAllText(_directory["log"], log.Length > 0 ? $"2026-01-02T03:04:05.000000000Z stdout F {log}\n" : "");
        var status = new ContainerStatus
        {
            Id = "id",
            State = ContainerState.ContainerExited,
            ExitCode = exitCode,
            LogPath = _directory["log"],
            Mounts = { new Mount { ContainerPath = path, HostPath = _directory["message"] } },
            Annotations = { [RuntimeLabels.TerminationMessagePath] = path, [RuntimeLabels.TerminationMessagePolicy] = policy },
        };

        Assert.Equal(expected, new TerminationMessages(true).Get(status).TrimEnd('\n'));
    }

    public void Dispose() => _directory.Dispose();
}
