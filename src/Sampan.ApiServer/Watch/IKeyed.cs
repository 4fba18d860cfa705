namespace Sampan.ApiServer.Watch;

/// <summary>An item of a <see cref="SortedTree{T}"/>.</summary>
internal interface IKeyed
{
    string Key { get; }
}
