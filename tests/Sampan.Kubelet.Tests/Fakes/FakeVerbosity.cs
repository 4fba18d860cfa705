using Sampan.Client;

namespace Sampan.Kubelet.Tests.Fakes;

internal sealed class FakeVerbosity : ILogVerbosity
{
    public int Verbosity { get; set; }
}
