using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Service accounts.</summary>
internal sealed class ServiceAccountStrategy : Strategy<ServiceAccount>
{
    private const string EnforceMountable = "kubernetes.io/enforce-mountable-secrets";

    public override bool ReturnDeletedObject => true;

    protected override void PrepareForCreate(WriteContext context, ServiceAccount account) => DropUnnamed(account);

    protected override void PrepareForUpdate(WriteContext context, ServiceAccount account, ServiceAccount old) => DropUnnamed(account);

    protected override IEnumerable<string> Warnings(WriteContext context, ServiceAccount account, ServiceAccount? old) =>
        account.Metadata.Annotations.OrEmpty().ContainsKey(EnforceMountable) && old?.Metadata.Annotations.OrEmpty().ContainsKey(EnforceMountable) != true
            ? [$"metadata.annotations[{EnforceMountable}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"] : [];

    /// <summary>Only the names of secrets are kept.</summary>
    private static void DropUnnamed(ServiceAccount account)
    {
        if (account.Secrets is { } secrets)
        {
            account.Secrets = [.. secrets.Select(secret => new ObjectReference { Name = secret.Name })];
        }
    }
}
