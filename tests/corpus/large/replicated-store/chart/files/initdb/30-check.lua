	-- tabs first
return store.call("PING")  


