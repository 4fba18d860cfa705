using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Service accounts.</summary>
internal sealed class ServiceAccountStrategy : Strategy<ServiceAccount>
{
    public override bool ReturnDeletedObject => true;

    protected override void PrepareForCreate(WriteContext context, ServiceAccount account) => DropUnnamed(account);

    protected override void PrepareForUpdate(WriteContext context, ServiceAccount account, ServiceAccount old) => DropUnnamed(account);

    /// <summary>Only the names of secrets are kept.</summary>
    private static void DropUnnamed(ServiceAccount account)
    {
        if (account.Secrets is { } secrets)
        {
            account.Secrets = [.. secrets.Select(secret => new ObjectReference { Name = secret.Name })];
        }
    }
}
