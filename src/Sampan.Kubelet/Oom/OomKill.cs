namespace Sampan.Kubelet.Oom;

/// <summary>The kernel killed a process because memory ran out.</summary>
/// <param name="IsOfSystem">The machine had none left, not only a group with a limit.</param>
internal sealed record OomKill(string Process, int Pid, bool IsOfSystem);
