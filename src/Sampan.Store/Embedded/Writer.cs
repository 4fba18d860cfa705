using System.Collections.Concurrent;
using Sampan.Store.Embedded.Sqlite;

namespace Sampan.Store.Embedded;

/// <summary>
/// The one thread that writes. All jobs that are waiting share one SQLite transaction and so one sync of the disk:
/// <code>
/// queue  a b c d     begin · a · b(refused) · c · d · commit+sync · publish · complete a b c d
/// </code>
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const int GroupSize = 256;

    private readonly BlockingCollection<WriteJob> _queue = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StoreFile _file;
    private readonly WriteSession _session;
    private readonly EventLog _log;
    private volatile StoreException? _failure;
    private long _groups;

    public Writer(StoreFile file, WriteSession session, EventLog log)
    {
        (_file, _session, _log) = (file, session, log);
        new Thread(Run) { IsBackground = true, Name = "store writer" }.Start();
    }

    /// <summary>How many group commits there were.</summary>
    public long Groups => Volatile.Read(ref _groups);

    /// <summary>Why nothing can be written any more.</summary>
    public StoreException? Failure => _failure;

    public Task<T> RunAsync<T>(Func<WriteSession, T> body) => RunAsync(new WriteJob<T>(body));

    public Task<T> RunAsync<T>(WriteJob<T> job)
    {
        if (_failure is { } failure)
        {
            return Task.FromException<T>(failure);
        }

        try
        {
            _queue.Add(job);
            return job.Task;
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            return Task.FromException<T>(new StoreException("the store is closed"));
        }
    }

    /// <summary>Finishes what is queued, then closes the connection, which also empties the write-ahead log into the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.IsAddingCompleted)
        {
            _queue.CompleteAdding();
        }

        await _ended.Task;
    }

    private void Run()
    {
        var group = new List<WriteJob>(GroupSize);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < GroupSize && _queue.TryTake(out var next))
            {
                group.Add(next);
            }

            Process(group);
            group.Clear();
        }

        _session.Dispose();
        _ended.SetResult();
    }

    private void Process(List<WriteJob> group)
    {
        if (_failure is { } failure)
        {
            group.ForEach(job => job.Fail(failure));
            return;
        }

        try
        {
            if (TryCommit(group, out var batches))
            {
                Volatile.Write(ref _groups, _groups + 1);
                _log.Publish(batches);
                group.ForEach(job => job.Complete());
            }
        }
        catch (Exception e)
        {
            // A bug, here or in an observer. What is committed stays; nothing goes on from a state that nobody knows.
            Stop(group, new StoreException($"the store {_file.Path} has stopped; restart the process: {e.Message}", e));
        }
    }

    private bool TryCommit(List<WriteJob> group, out List<StoreBatch> batches)
    {
        batches = [];
        try
        {
            _session.Begin();
            foreach (var job in group)
            {
                job.Apply(_session);
            }

            batches = _session.End();
            return true;
        }
        catch (SqliteException e)
        {
            Fail(group, e);
            return false;
        }
    }

    /// <summary>
    /// A full or locked disk refuses this group only. After anything else it is unknown what reached the disk, so
    /// nothing more is written until a restart has read it again.
    /// </summary>
    private void Fail(List<WriteJob> group, SqliteException e)
    {
        var reason = _file.Explain(e);
        if (e.Primary is SqliteException.Full or SqliteException.Busy && _session.TryRollback())
        {
            group.ForEach(job => job.Fail(reason));
        }
        else
        {
            Stop(group, reason);
        }
    }

    private void Stop(List<WriteJob> group, StoreException reason)
    {
        _failure = reason;
        group.ForEach(job => job.Fail(reason));
        _log.End(reason);
    }
}
