using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.ServiceAccounts;

/// <summary>Sees to it that every namespace has the service account <c>default</c>.</summary>
internal sealed class ServiceAccountController : Controller
{
    private const string DefaultName = "default";
    private readonly Informer<Namespace> _namespaces;
    private readonly Informer<ServiceAccount> _accounts;
    private readonly OwnWrites<ServiceAccount> _writes;

    public ServiceAccountController(ControllerContext context)
        : base("serviceaccount-controller", context, workers: 1)
    {
        _namespaces = Watch<Namespace>(n => [KeyOf(n)]);
        _accounts = Watch(context.Informers.For<ServiceAccount>(), (old, current) =>
        {
            if (current is null && old!.Metadata.Name == DefaultName) Queue.Add(new ObjectKey("", old.Metadata.Namespace));
        });
        _writes = Writes(_accounts);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!NamespaceStates.IsActive(_namespaces.Get(key)) || _accounts.Get(key.Name, DefaultName) is not null) return ReconcileResult.Done;
        try
        {
            var account = new ServiceAccount { Metadata = new ObjectMeta { Namespace = key.Name, Name = DefaultName } };
            await _writes.CreateAsync(account, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists || e.HasCause("NamespaceTerminating"))
        {
        }

        return ReconcileResult.Done;
    }
}
