using System.Net;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>What one write of a Service took from the pools, and what it gives back when it succeeds.</summary>
internal sealed class ServiceAllocation(AddressPool addresses, NodePortPool ports) : IAllocation
{
    private readonly List<IPAddress> _takenAddresses = [];
    private readonly List<IPAddress> _freedAddresses = [];
    private readonly List<int> _takenPorts = [];
    private readonly List<int> _freedPorts = [];
    private bool _isOver;

    public void Took(IPAddress address) => _takenAddresses.Add(address);

    public void Took(int port) => _takenPorts.Add(port);

    public void WillFree(IPAddress address) => _freedAddresses.Add(address);

    public void WillFree(int port) => _freedPorts.Add(port);

    public void Commit() => End(_freedAddresses, _freedPorts);

    public void Rollback() => End(_takenAddresses, _takenPorts);

    private void End(List<IPAddress> freeAddresses, List<int> freePorts)
    {
        if (_isOver)
        {
            return;
        }
        _isOver = true;
        freeAddresses.ForEach(addresses.Release);
        freePorts.ForEach(ports.Release);
    }
}
