using Sampan.Api;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Node.V1;
using Sampan.Api.Scheduling.V1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Kinds that hold settings.</summary>
internal static class ConfigurationTables
{
    public static TableColumns ConfigMaps { get; } = new TableColumns<ConfigMap>
    {
        Name<ConfigMap>(),
        Make<ConfigMap>("Data", "string", "How many keys it has.", (c, _) => c.Data.OrEmpty().Count + c.BinaryData.OrEmpty().Count),
        Age<ConfigMap>(),
    };

    public static TableColumns Secrets { get; } = new TableColumns<Secret>
    {
        Name<Secret>(),
        Text<Secret>("Type", "What the secret is for.", s => s.Type),
        Make<Secret>("Data", "string", "How many keys it has.", (s, _) => s.Data.OrEmpty().Count),
        Age<Secret>(),
    };

    public static TableColumns ServiceAccounts { get; } = new TableColumns<ServiceAccount>
    {
        Name<ServiceAccount>(),
        Make<ServiceAccount>("Secrets", "string", "How many secrets it names.", (s, _) => s.Secrets.OrEmpty().Count),
        Age<ServiceAccount>(),
    };

    public static TableColumns Leases { get; } = new TableColumns<Lease>
    {
        Name<Lease>(),
        Text<Lease>("Holder", "Who holds the lease.", l => l.Spec?.HolderIdentity),
        Age<Lease>(),
    };

    public static TableColumns PriorityClasses { get; } = new TableColumns<PriorityClass>
    {
        Name<PriorityClass>(),
        Number<PriorityClass>("Value", "The priority of its pods.", p => p.Value),
        Flag<PriorityClass>("Global-Default", "Whether pods without a class get this one.", p => p.GlobalDefault),
        Age<PriorityClass>(),
        Text<PriorityClass>("PreemptionPolicy", "Whether its pods push others out.", p => p.PreemptionPolicy),
    };

    public static TableColumns RuntimeClasses { get; } = new TableColumns<RuntimeClass>
    {
        Name<RuntimeClass>(),
        Text<RuntimeClass>("Handler", "The runtime's own configuration.", r => r.Handler),
        Age<RuntimeClass>(),
    };
}
