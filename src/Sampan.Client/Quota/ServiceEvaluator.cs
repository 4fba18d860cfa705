using Sampan.Api.Core.V1;

namespace Sampan.Client.Quota;

/// <summary>Counts Services, their node ports and load balancers.</summary>
public sealed class ServiceEvaluator() : QuotaEvaluator("", "services")
{
    private const string Services = "services";
    private const string NodePorts = "services.nodeports";
    private const string LoadBalancers = "services.loadbalancers";

    public override bool Counts(string resourceName) =>
        resourceName is Services or NodePorts or LoadBalancers || resourceName == CountName;

    /// <summary>The type of a Service may change, so updates count too.</summary>
    public override bool Handles(bool isCreate, string subresource, IObject? obj, IObject? old) => true;

    public override Dictionary<string, Quantity> Usage(IObject obj)
    {
        var service = (Service)obj;
        return new()
        {
            [CountName] = new(1),
            [Services] = new(1),
            [NodePorts] = new(NodePortsOf(service)),
            [LoadBalancers] = new(service.Spec.Type == "LoadBalancer" ? 1 : 0),
        };
    }

    private static int NodePortsOf(Service service)
    {
        var ports = service.Spec.Ports.OrEmpty();
        return service.Spec switch
        {
            { Type: "NodePort" } => ports.Count,
            { Type: "LoadBalancer", AllocateLoadBalancerNodePorts: false } => ports.Count(port => port.NodePort is > 0),
            { Type: "LoadBalancer" } => ports.Count,
            _ => 0,
        };
    }
}
