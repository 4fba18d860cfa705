using System.Net;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>What one write of a Service took, and what it gives back when it succeeds. A dry run takes nothing.</summary>
internal sealed class ServiceAllocation(Service service, bool dryRun, ServiceAddresses addresses, NodePorts ports) : IAllocation
{
    private readonly List<IPAddress> _takenAddresses = [];
    private readonly List<IPAddress> _freedAddresses = [];
    private readonly List<int> _takenPorts = [];
    private readonly List<int> _freedPorts = [];
    private bool _isOver;

    public bool DryRun => dryRun;

    public void Took(IPAddress address) => _takenAddresses.Add(address);

    public void Took(int port) => _takenPorts.Add(port);

    public void WillFree(IPAddress address) => _freedAddresses.Add(address);

    public void WillFree(int port) => _freedPorts.Add(port);

    public ValueTask CommitAsync() => EndAsync(_freedAddresses, _freedPorts);

    public ValueTask RollbackAsync() => EndAsync(_takenAddresses, _takenPorts);

    private async ValueTask EndAsync(List<IPAddress> freeAddresses, List<int> freePorts)
    {
        if (_isOver || dryRun)
        {
            return;
        }
        _isOver = true;
        // What the client's going away left undone, the repair would have to do.
        foreach (var address in freeAddresses)
        {
            await addresses.ReleaseAsync(address, service.Metadata.Namespace, service.Metadata.Name, CancellationToken.None);
        }
        foreach (var port in freePorts)
        {
            await ports.ReleaseAsync(port, CancellationToken.None);
        }
    }
}
