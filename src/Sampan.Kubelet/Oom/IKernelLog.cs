namespace Sampan.Kubelet.Oom;

/// <summary>What the kernel says.</summary>
internal interface IKernelLog : IDisposable
{
    /// <summary>The lines since the last call, without their prefix; none where there is nothing new.</summary>
    IReadOnlyList<string> ReadNew();
}
