using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Policies;

/// <summary>Ports that a rule allows: all of a protocol, a range, or whatever number the receiving pod gives to a name.</summary>
internal sealed record PolicyPort(Protocol Protocol, int First, int Last, string? PortName)
{
    public bool IsEveryPort => PortName is null && First == 0 && Last == ushort.MaxValue;

    public static PolicyPort Of(NetworkPolicyPort port)
    {
        var protocol = ProtocolNames.Parse(port.Protocol);
        return port.Port switch
        {
            null => new PolicyPort(protocol, 0, ushort.MaxValue, null),
            { IsString: true } name => new PolicyPort(protocol, 0, 0, name.StringValue),
            { } number => new PolicyPort(protocol, number.IntValue, port.EndPort ?? number.IntValue, null),
        };
    }
}
