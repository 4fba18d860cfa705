using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.ServiceAccounts;

internal static class NamespaceStates
{
    public static bool IsActive(Namespace? ns) => ns is { Metadata.DeletionTimestamp: null } && ns.Status.Phase != "Terminating";
}
