using System.Net;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Counts the addresses and ports that Services get, under upstream's names.</summary>
internal sealed class ServiceAllocationMetrics
{
    private const string AddressPrefix = "kube_apiserver_clusterip_allocator_", PortPrefix = "kube_apiserver_nodeport_allocator_";
    private const string Wanted = "static", Any = "dynamic";

    private readonly ServiceAddresses _addresses;
    private readonly Counter _addressesTaken;
    private readonly Counter _addressesRefused;
    private readonly Counter _portsTaken;
    private readonly Counter _portsRefused;

    public ServiceAllocationMetrics(MetricRegistry metrics, ServiceAddresses addresses, NodePorts ports)
    {
        _addresses = addresses;
        _addressesTaken = metrics.Counter(AddressPrefix + "allocation_total", "Cluster addresses that were given out.", "cidr", "scope");
        _addressesRefused = metrics.Counter(AddressPrefix + "allocation_errors_total", "Cluster addresses that were not to be had.", "cidr", "scope");
        _portsTaken = metrics.Counter(PortPrefix + "allocation_total", "Node ports that were given out.", "scope");
        _portsRefused = metrics.Counter(PortPrefix + "allocation_errors_total", "Node ports that were not to be had.", "scope");
        metrics.Collect(AddressPrefix + "allocated_ips", "Cluster addresses in use.", "gauge", ["cidr"], () => ByNetwork(use => use.Taken));
        metrics.Collect(AddressPrefix + "available_ips", "Cluster addresses that are free.", "gauge", ["cidr"], () => ByNetwork(use => use.Size - use.Taken));
        metrics.Read(PortPrefix + "allocated_ports", "Node ports in use.", "gauge", () => ports.Taken);
        metrics.Read(PortPrefix + "available_ports", "Node ports that are free.", "gauge", () => ports.Last - ports.First + 1 - ports.Taken);
    }

    public void TookAny(IPAddress address) => _addressesTaken.With(NetworkOf(address), Any).Increment();

    public void Took(IPAddress address, bool succeeded) =>
        (succeeded ? _addressesTaken : _addressesRefused).With(NetworkOf(address), Wanted).Increment();

    public void TookAnyPort(bool succeeded) => (succeeded ? _portsTaken : _portsRefused).With(Any).Increment();

    public void TookPort(bool succeeded) => (succeeded ? _portsTaken : _portsRefused).With(Wanted).Increment();

    private string NetworkOf(IPAddress address) => _addresses.NetworkOf(address)?.ToString() ?? "";

    private IEnumerable<(string[] Values, double Value)> ByNetwork(Func<(double Size, int Taken), double> value) =>
        _addresses.Use().Select(use => ((string[])[use.Network.ToString()], value((use.Size, use.Taken))));
}
