namespace Sampan.ControllerManager.GarbageCollection;

/// <summary>One object by where it is and which life of it is meant.</summary>
internal readonly record struct GarbageItem(GroupVersionResource Resource, ObjectKey Key, string Uid)
{
    public override string ToString() => $"{Resource.GroupResource} {Key}";
}
