using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Probes;

/// <summary>Ports by number or by the name that the container gives them.</summary>
internal static class ProbePorts
{
    public static int? Resolve(IntOrString port, Container container)
    {
        var number = !port.IsString ? port.IntValue
            : container.Ports.OrEmpty().FirstOrDefault(p => p.Name == port.StringValue)?.ContainerPortValue
            ?? (int.TryParse(port.StringValue, out var parsed) ? parsed : 0);
        return number is > 0 and < 65536 ? number : null;
    }
}
